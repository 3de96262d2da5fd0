-- description: Topics of statements, one row for each statement and topic.
CREATE VIEW analytics.fact_statement_topic AS
SELECT DISTINCT
    s.id AS statement_id,
    split_part(s.topics, '; ', CAST(n.place AS INTEGER)) AS topic,
    s.speaker_id AS person_id,
    COALESCE(p.name, s.speaker_surface) AS speaker,
    s.document_version_id,
    COALESCE(s.date_earliest, s.date_latest) AS statement_date,
    COALESCE(v.published_earliest, v.published_latest) AS published_date
FROM {schema}.statement AS s
INNER JOIN {schema}.document_version AS v ON v.id = s.document_version_id
LEFT JOIN {schema}.person AS p ON p.id = s.speaker_id
CROSS JOIN LATERAL generate_series(
    1, CAST((LENGTH(s.topics) - LENGTH(REPLACE(s.topics, '; ', ''))) / 2 + 1 AS INTEGER)
) AS n (place)
WHERE split_part(s.topics, '; ', CAST(n.place AS INTEGER)) <> '';

COMMENT ON VIEW analytics.fact_statement_topic IS 'What statements are about, in words: one row per statement and topic. A statement with three topics has three rows, one without has none: to count statements over several topics, count statement_id, each once.';
COMMENT ON COLUMN analytics.fact_statement_topic.statement_id IS 'The statement. Joins fact_statement. With topic it is the key of the row.';
COMMENT ON COLUMN analytics.fact_statement_topic.topic IS 'One topic, in the words that the model chose from the article; topics are no fixed list.';
COMMENT ON COLUMN analytics.fact_statement_topic.person_id IS 'Who spoke; empty when that could not be told. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_statement_topic.speaker IS 'Name of the person, or else the words that the text has for the speaker.';
COMMENT ON COLUMN analytics.fact_statement_topic.document_version_id IS 'The text that reports it. Joins dim_document.';
COMMENT ON COLUMN analytics.fact_statement_topic.statement_date IS 'First day on which it can have been said (the last where that is not known); often empty. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_statement_topic.published_date IS 'First day on which the article can have been published: the time axis that is nearly always filled. Joins dim_day on day.';
