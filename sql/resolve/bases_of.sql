-- description: How the current claims about some rows are put, and what they rest on.
SELECT c.id, c.record_id, c.field, c.modality, c.basis
FROM claim AS c
WHERE c.canonical_id IN :ids AND c.is_current
ORDER BY c.record_id, c.field, c.id
