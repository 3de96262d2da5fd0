-- description: Stored texts, each with the address of its document.
SELECT v.*, d.uri
FROM document_version AS v
INNER JOIN document AS d ON d.id = v.document_id
WHERE v.id IN :ids
ORDER BY d.uri COLLATE "C", v.id COLLATE "C"
