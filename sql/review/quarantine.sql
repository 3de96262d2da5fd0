-- description: The refused drafts of readings that count, the newest document first.
SELECT q.id, q.record_type, q.reason, q.detail, q.payload, doc.uri
FROM quarantine AS q
INNER JOIN extraction AS x ON x.id = q.extraction_id
INNER JOIN document_version AS v ON v.id = x.document_version_id
INNER JOIN document AS doc ON doc.id = v.document_id
WHERE x.status <> 'superseded'
ORDER BY v.published_latest DESC NULLS LAST, q.id COLLATE "C"
