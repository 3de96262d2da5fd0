-- description: The next rows of all that claims speak of, in the order of their keys.
INSERT INTO touched_row
SELECT DISTINCT COALESCE(c.canonical_id, c.record_id) COLLATE "C" AS row_id
FROM claim AS c
WHERE c.is_current AND COALESCE(c.canonical_id, c.record_id) COLLATE "C" > :after
ORDER BY row_id
LIMIT :many
