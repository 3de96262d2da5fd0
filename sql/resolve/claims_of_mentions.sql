-- description: The claims of all records of some mentions.
SELECT c.*
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
WHERE r.mention_id IN :ids
ORDER BY c.id COLLATE "C"
