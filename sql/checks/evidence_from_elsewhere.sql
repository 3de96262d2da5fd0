-- description: A claim rests only on spans of the text that its extraction read.
SELECT c.id AS claim_id, e.id AS evidence_id, e.document_version_id, x.document_version_id AS read_version_id
FROM claim AS c
INNER JOIN claim_evidence AS ce ON ce.claim_id = c.id
INNER JOIN evidence AS e ON e.id = ce.evidence_id
INNER JOIN record AS r ON r.id = c.record_id
INNER JOIN extraction AS x ON x.id = r.extraction_id
WHERE e.document_version_id <> x.document_version_id
