-- description: The current claims of some extractions.
SELECT c.*
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
WHERE r.extraction_id IN :ids AND c.is_current
ORDER BY c.id COLLATE "C"
