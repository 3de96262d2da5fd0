-- description: What some texts are known to be printed from, and whether they were compared with the others.
SELECT
    v.id,
    v.source_id,
    EXISTS (SELECT 1 FROM text_band AS b WHERE b.document_version_id = v.id) AS is_compared
FROM document_version AS v
WHERE v.id IN :ids
