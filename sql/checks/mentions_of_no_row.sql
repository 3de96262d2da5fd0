-- description: The row that a mention was taken for has a record of it, and the key that is gone leads to a row.
SELECT 'mention' AS link, m.id, m.canonical_id AS points_at
FROM mention AS m
WHERE
    m.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM record AS r WHERE r.canonical_id = m.canonical_id)
UNION ALL
SELECT 'redirect' AS link, r.id, r.target_id AS points_at
FROM redirect AS r
WHERE NOT EXISTS (SELECT 1 FROM mention AS m WHERE m.canonical_id = r.target_id)
