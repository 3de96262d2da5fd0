-- description: What did a person say, and about what?
-- parameter: speaker = -- part of the name
-- parameter: words = -- words that stand in the statement or its topics
WITH asked AS (
    SELECT LOWER(CAST(:speaker AS VARCHAR)) AS speaker, LOWER(CAST(:words AS VARCHAR)) AS words
)

SELECT s.speaker, s.form, s.text, s.date_edtf, s.published_edtf, s.publisher, s.title, s.statement_id
FROM statements_by_speaker AS s
CROSS JOIN asked AS a
WHERE
    (POSITION(a.speaker IN LOWER(s.speaker)) > 0 OR POSITION(a.speaker IN LOWER(s.speaker_surface)) > 0)
    AND (POSITION(a.words IN LOWER(s.text)) > 0 OR POSITION(a.words IN LOWER(s.topics)) > 0)
ORDER BY
    s.speaker COLLATE "C",
    COALESCE(s.date_earliest, s.published_earliest) NULLS LAST,
    s.statement_id COLLATE "C"
