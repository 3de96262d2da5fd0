-- description: The mentions that were taken for a row, the one that gives it its key first, and why each of the others was.
SELECT
    m.id,
    m.label,
    m.method,
    m.score,
    o.label AS joined_to,
    d.uri
FROM mention AS m
INNER JOIN document AS d ON d.id = m.document_id
LEFT JOIN mention AS o ON o.id = m.joined_to
WHERE m.canonical_id = :id
ORDER BY m.joined_to IS NOT NULL, m.score DESC NULLS LAST, d.uri COLLATE "C", m.id COLLATE "C"
