-- Which ended spells were the longest, in days and in whole years?
SELECT
    p.name,
    o.name AS office,
    t.end_latest - t.start_earliest AS days,
    (t.end_latest - t.start_earliest) / 365 AS whole_years,
    ROUND((t.end_latest - t.start_earliest) / 365.25, 2) AS years,
    t.id
FROM tenure AS t
JOIN person p ON p.id = t.person_id
JOIN office o ON o.id = t.office_id
ORDER BY days DESC NULLS LAST, t.id
LIMIT 15
