-- description: The texts of some sources: the one that was printed first, and its reprints.
SELECT v.id, v.source_id, v.published_latest
FROM document_version AS v
WHERE v.source_id IN :ids
ORDER BY v.id COLLATE "C"
