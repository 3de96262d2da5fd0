-- description: The texts of some documents, as they are stored.
SELECT v.* FROM document_version AS v WHERE v.id IN :ids ORDER BY v.id COLLATE "C"
