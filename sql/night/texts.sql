-- description: How many documents have a text, and how many texts there are.
SELECT COUNT(DISTINCT document_id) AS documents, COUNT(*) AS versions FROM document_version
