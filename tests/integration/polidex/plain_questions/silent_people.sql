-- Who holds an office and is not reported to have said anything?
SELECT name, country FROM person p
WHERE EXISTS (SELECT 1 FROM tenure t WHERE t.person_id = p.id) AND NOT EXISTS (SELECT * FROM statement s WHERE s.speaker_id = p.id)
ORDER BY country DESC, name
