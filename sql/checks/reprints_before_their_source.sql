-- description: The text that others were printed from is its own source, and none of them was published before it.
SELECT v.id, v.source_id, v.published_latest, s.published_latest AS source_published_latest
FROM document_version AS v
INNER JOIN document_version AS s ON s.id = v.source_id
WHERE
    s.source_id IS DISTINCT FROM s.id
    OR v.published_latest < COALESCE(s.published_latest, DATE '9999-12-31')
