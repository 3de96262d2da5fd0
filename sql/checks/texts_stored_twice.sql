-- description: A document has each text once.
SELECT document_id AS id, content_sha256, COUNT(*) AS versions
FROM document_version
GROUP BY document_id, content_sha256
HAVING COUNT(*) > 1
