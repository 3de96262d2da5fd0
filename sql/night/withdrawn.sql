-- description: What was claimed of rows that are gone.
SELECT
    c.canonical_id AS id,
    STRING_AGG(
        DISTINCT c.field || ' ' || COALESCE(c.original_value, c.value), ', '
        ORDER BY c.field || ' ' || COALESCE(c.original_value, c.value)
    ) AS name
FROM claim AS c
WHERE c.canonical_id IN :ids
GROUP BY c.canonical_id
ORDER BY c.canonical_id COLLATE "C"
