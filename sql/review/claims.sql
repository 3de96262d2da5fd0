-- description: The claims that an id stands for: of a claim itself, of a record or of a row.
SELECT c.*, v.id AS version_id
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
INNER JOIN extraction AS x ON x.id = r.extraction_id
INNER JOIN document_version AS v ON v.id = x.document_version_id
WHERE c.is_current AND :id IN (c.id, c.record_id, c.canonical_id)
ORDER BY c.id COLLATE "C"
