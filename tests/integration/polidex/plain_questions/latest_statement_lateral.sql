-- What did each speaker say last?
SELECT p.name, s.text, s.date_earliest, LENGTH(s.text) AS characters, SUBSTRING(s.text FROM 1 FOR 5) AS begins
FROM person p
CROSS JOIN LATERAL (
    SELECT * FROM statement WHERE speaker_id = p.id ORDER BY date_earliest DESC NULLS LAST, id LIMIT 1
) s
ORDER BY p.name, p.id
