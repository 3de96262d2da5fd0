-- description: The mentions in some documents.
SELECT m.id FROM mention AS m WHERE m.document_id IN :ids ORDER BY m.id COLLATE "C"
