-- description: What some extractions have put into the database: their records, claims and refused drafts.
SELECT 'record' AS table_name, r.id AS id, r.canonical_id AS other FROM record AS r WHERE r.extraction_id IN :ids
UNION ALL
SELECT 'claim' AS table_name, c.id AS id, NULL AS other
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
WHERE r.extraction_id IN :ids
UNION ALL
SELECT 'claim_evidence' AS table_name, ce.claim_id AS id, ce.evidence_id AS other
FROM claim_evidence AS ce
INNER JOIN claim AS c ON c.id = ce.claim_id
INNER JOIN record AS r ON r.id = c.record_id
WHERE r.extraction_id IN :ids
UNION ALL
SELECT 'quarantine' AS table_name, q.id AS id, NULL AS other FROM quarantine AS q WHERE q.extraction_id IN :ids
