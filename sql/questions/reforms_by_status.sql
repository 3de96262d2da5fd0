-- description: Which reforms are there, and how far did they get?
-- parameter: country = -- name or two-letter code
-- parameter: status = -- such as adopted
WITH asked AS (
    SELECT CAST(:country_code AS VARCHAR) AS country, LOWER(CAST(:status AS VARCHAR)) AS status
),

steps AS (
    SELECT
        reform_id,
        STRING_AGG(
            step || COALESCE(' ' || date_edtf, ''), '; '
            ORDER BY date_earliest NULLS LAST, event_id COLLATE "C"
        ) AS steps
    FROM reform_timeline
    GROUP BY reform_id
)

SELECT r.current_status, r.title, r.country, r.area, r.legal_instrument, s.steps, r.id AS reform_id
FROM reform AS r
CROSS JOIN asked AS a
LEFT JOIN steps AS s ON s.reform_id = r.id
WHERE (a.country = '' OR r.country = a.country) AND (a.status = '' OR r.current_status = a.status)
ORDER BY
    CASE r.current_status
        WHEN 'announced' THEN 1 WHEN 'proposed' THEN 2 WHEN 'submitted' THEN 3 WHEN 'adopted' THEN 4
        WHEN 'signed' THEN 5 WHEN 'in_force' THEN 6 WHEN 'rejected' THEN 7 WHEN 'repealed' THEN 8 ELSE 9
    END,
    r.title COLLATE "C", r.id COLLATE "C"
