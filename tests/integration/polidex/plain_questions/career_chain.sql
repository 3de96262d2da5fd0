-- Ranks of people by the number of their spells, ties included.
WITH counted AS (SELECT person_id, COUNT(*) AS spells FROM tenure GROUP BY person_id)
SELECT p.name, c.spells, RANK() OVER (ORDER BY c.spells DESC) AS place, NTILE(3) OVER (ORDER BY c.spells DESC, p.id) AS third,
    CASE WHEN c.spells > 5 THEN 'many' WHEN c.spells > 1 THEN 'some' ELSE 'one' END AS how_many,
    c.spells / 2 AS half, c.spells / 2.0 AS exact_half
FROM counted c JOIN person p ON p.id = c.person_id
ORDER BY place, p.name, p.id
