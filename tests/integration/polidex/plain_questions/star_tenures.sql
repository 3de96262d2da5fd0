-- The star: spells by country and decade.
SELECT o.country_code, CAST(FLOOR(EXTRACT(YEAR FROM t.start_date) / 10) * 10 AS INTEGER) AS decade, COUNT(*), COUNT(DISTINCT p.person_id)
FROM analytics.fact_tenure t
JOIN analytics.dim_person p ON p.person_id = t.person_id
LEFT JOIN analytics.dim_office o ON o.office_id = t.office_id
GROUP BY 1, 2
ORDER BY 1, 2
