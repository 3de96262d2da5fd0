-- description: The parts of some rows: names of people, measures and steps of reforms, results of elections.
SELECT 'person_name' AS table_name, id, person_id AS whole_id FROM person_name WHERE person_id IN :ids
UNION ALL
SELECT 'reform_measure' AS table_name, id, reform_id AS whole_id FROM reform_measure WHERE reform_id IN :ids
UNION ALL
SELECT 'reform_event' AS table_name, id, reform_id AS whole_id FROM reform_event WHERE reform_id IN :ids
UNION ALL
SELECT 'election_result' AS table_name, id, election_id AS whole_id FROM election_result WHERE election_id IN :ids
