-- description: How often who spoke about what.
WITH topics AS (
    SELECT statement_id, speaker, UNNEST(STRING_SPLIT(topics, '; ')) AS topic FROM statements_by_speaker
)

SELECT topic, speaker, COUNT(DISTINCT statement_id) FROM topics WHERE topic <> '' GROUP BY topic, speaker
