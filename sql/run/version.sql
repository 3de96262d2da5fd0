-- description: Texts by their keys, to be read again without their sources.
SELECT * FROM document_version WHERE id IN :ids ORDER BY id COLLATE "C"
