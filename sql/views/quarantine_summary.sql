-- description: How many drafts were refused, and why.
CREATE VIEW quarantine_summary AS
SELECT
    x.extractor,
    q.record_type,
    q.reason,
    x.model,
    COUNT(*) AS drafts,
    COUNT(DISTINCT v.document_id) AS documents,
    MIN(q.detail COLLATE "C") AS example,
    MIN(q.id COLLATE "C") AS example_id
FROM quarantine AS q
INNER JOIN extraction AS x ON x.id = q.extraction_id
INNER JOIN document_version AS v ON v.id = x.document_version_id
-- What an earlier reading made was refused once; the reading that replaced it has its own.
WHERE x.status <> 'superseded'
GROUP BY x.extractor, q.record_type, q.reason, x.model;

COMMENT ON VIEW quarantine_summary IS 'How many drafts of the model were refused, by extractor, kind, reason and model.';
COMMENT ON COLUMN quarantine_summary.extractor IS 'The extractor that asked the model.';
COMMENT ON COLUMN quarantine_summary.record_type IS 'What kind of thing the drafts are about; empty when that cannot be told.';
COMMENT ON COLUMN quarantine_summary.reason IS 'Why they were refused.';
COMMENT ON COLUMN quarantine_summary.model IS 'The model that wrote them.';
COMMENT ON COLUMN quarantine_summary.drafts IS 'How many drafts.';
COMMENT ON COLUMN quarantine_summary.documents IS 'From how many documents.';
COMMENT ON COLUMN quarantine_summary.example IS 'What exactly was wrong with one of them.';
COMMENT ON COLUMN quarantine_summary.example_id IS 'Key of a refused draft; polidex explain takes it.';
