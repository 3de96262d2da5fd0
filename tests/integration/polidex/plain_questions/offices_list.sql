-- All offices of a person in one line.
SELECT p.name, string_agg(o.name || COALESCE(' ' || t.start_edtf, ''), '; ' ORDER BY t.start_earliest, o.name, t.id) AS career, COUNT(*) > 2 AS many
FROM tenure t, person p, office o
WHERE t.person_id = p.id AND t.office_id = o.id
GROUP BY p.id, p.name
HAVING COUNT(*) > 1
ORDER BY COUNT(*) DESC, p.name, p.id
