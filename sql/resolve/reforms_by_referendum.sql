-- description: The reforms of some countries of which a referendum decided a step.
SELECT DISTINCT r.id COLLATE "C" AS id
FROM reform AS r
INNER JOIN reform_event AS s ON s.reform_id = r.id
WHERE s.decided_by = 'referendum' AND r.country IN :countries
ORDER BY id
