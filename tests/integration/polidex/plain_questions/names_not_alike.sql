-- Pairs of people whose names differ by their case alone, and lists of all names.
SELECT a.name AS one, b.name AS other, UPPER(a.name) = UPPER(b.name) AS alike, CURRENT_DATE - CURRENT_DATE AS no_days,
    ARRAY[a.name, b.name] AS both_names, CONCAT(a.given_name, '-', b.country) AS mixed, a.name || b.country AS maybe
FROM person a JOIN person b ON LOWER(a.name) = LOWER(b.name) AND a.id < b.id
ORDER BY a.name, b.name, a.id, b.id
