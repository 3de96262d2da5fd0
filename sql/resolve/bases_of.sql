-- description: How the current claims of some records are put, and what they rest on.
SELECT c.id, c.record_id, c.field, c.modality, c.basis, c.is_current
FROM claim AS c
WHERE c.record_id IN :ids AND c.is_current
ORDER BY c.id COLLATE "C"
