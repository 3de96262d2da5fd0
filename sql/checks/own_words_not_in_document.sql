-- description: Words that are given as the speaker's own stand in the document.
SELECT s.id, s.form, s.text
FROM statement AS s
INNER JOIN document_version AS v ON v.id = s.document_version_id
WHERE s.form IN ('direct', 'mixed') AND POSITION(s.text IN v.text) = 0
