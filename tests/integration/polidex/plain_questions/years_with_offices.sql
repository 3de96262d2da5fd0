-- How many spells had begun by each year, years without one too?
WITH years AS (
    SELECT y AS year FROM generate_series(2015, 2023) AS g (y)
)
SELECT y.year, COUNT(t.id) AS begun, COUNT(t.id) FILTER (WHERE t.status = 'current') AS current, COUNT(DISTINCT t.person_id)
FROM years y
LEFT JOIN tenure t ON EXTRACT(YEAR FROM t.start_earliest) <= y.year
GROUP BY y.year
ORDER BY y.year DESC
