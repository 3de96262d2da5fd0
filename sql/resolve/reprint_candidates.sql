-- description: The texts that share enough bands with a new one to be compared with it, the most alike first.
SELECT v.id, COALESCE(v.source_id, v.id) AS source_id, v.text, v.reading_spans
FROM document_version AS v
INNER JOIN (
    SELECT b.document_version_id, COUNT(*) AS shared
    FROM text_band AS b
    WHERE b.band IN :bands AND b.document_version_id <> :id
    GROUP BY b.document_version_id
) AS found ON found.document_version_id = v.id
WHERE found.shared >= :enough
ORDER BY found.shared DESC, v.id COLLATE "C"
