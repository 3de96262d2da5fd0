-- description: The rows that some steps, measures and results are parts of.
INSERT INTO touched_row
SELECT t.reform_id FROM reform_event AS t WHERE t.id IN {keys}
UNION
SELECT t.reform_id FROM reform_measure AS t WHERE t.id IN {keys}
UNION
SELECT t.election_id FROM election_result AS t WHERE t.id IN {keys}
ON CONFLICT DO NOTHING
