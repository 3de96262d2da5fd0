-- description: The reforms of which some elections decided a step, as it stands.
SELECT DISTINCT s.reform_id COLLATE "C" AS id FROM reform_event AS s WHERE s.election_id IN :ids ORDER BY id
