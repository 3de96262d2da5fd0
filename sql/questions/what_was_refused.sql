-- description: What did the model say that was not believed, and why?
SELECT q.reason, q.record_type, q.extractor, q.drafts, q.documents, q.example
FROM quarantine_summary AS q
ORDER BY
    q.drafts DESC,
    q.reason COLLATE "C",
    q.record_type COLLATE "C" NULLS LAST,
    q.extractor COLLATE "C",
    q.model COLLATE "C" NULLS LAST
