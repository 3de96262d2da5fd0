-- description: The next rows of all that claims speak of, in the order of their keys: those of so many claims.
INSERT INTO touched_row
SELECT DISTINCT c.row_id
FROM (
    SELECT COALESCE(canonical_id, record_id) COLLATE "C" AS row_id
    FROM claim
    WHERE is_current AND COALESCE(canonical_id, record_id) COLLATE "C" > :after
    ORDER BY row_id
    LIMIT :many
) AS c
