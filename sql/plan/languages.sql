-- description: The languages of the stored texts: the words that a passage must have for a question are those of one.
SELECT DISTINCT COALESCE(language, '') AS language FROM document_version
