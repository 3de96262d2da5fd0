-- description: The mentions in a document.
SELECT m.* FROM mention AS m WHERE m.document_id = :document_id ORDER BY m.id COLLATE "C"
