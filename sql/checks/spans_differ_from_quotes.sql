-- description: The characters of every stored span are equal to its quote.
SELECT e.id, e.document_version_id, e.start_char, e.end_char, e.quote
FROM evidence AS e
INNER JOIN document_version AS v ON v.id = e.document_version_id
WHERE
    SUBSTR(v.text, CAST(e.start_char + 1 AS INTEGER), CAST(e.end_char - e.start_char AS INTEGER))
    IS DISTINCT FROM e.quote
