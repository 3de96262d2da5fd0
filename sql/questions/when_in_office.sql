-- description: In which years did a person hold an office? Leave the office empty for the whole career.
-- parameter: person = -- part of the name
-- parameter: office = -- part of the name of the office or of its organization, such as senate
WITH asked AS (
    SELECT LOWER(CAST(:person AS VARCHAR)) AS person, LOWER(CAST(:office AS VARCHAR)) AS office
),

years AS (
    SELECT
        tenure_id,
        STRING_AGG(CASE WHEN certainty = 'stated' THEN CAST(year AS VARCHAR) END, ', ' ORDER BY year) AS years_stated,
        STRING_AGG(CASE WHEN certainty = 'possible' THEN CAST(year AS VARCHAR) END, ', ' ORDER BY year) AS years_possible
    FROM office_years
    GROUP BY tenure_id
)

SELECT t.person, t.office, t.organization, t.country, t.start_edtf, t.end_edtf, t.status, y.years_stated, y.years_possible, t.tenure_id
FROM office_timeline AS t
CROSS JOIN asked AS a
LEFT JOIN years AS y ON y.tenure_id = t.tenure_id
WHERE
    (
        POSITION(a.person IN LOWER(t.person)) > 0
        OR EXISTS (
            SELECT 1 FROM person_name AS n WHERE n.person_id = t.person_id AND POSITION(a.person IN LOWER(n.name)) > 0
        )
    )
    AND (POSITION(a.office IN LOWER(t.office)) > 0 OR POSITION(a.office IN LOWER(t.organization)) > 0)
ORDER BY t.person COLLATE "C", t.start_earliest NULLS LAST, t.office COLLATE "C", t.tenure_id COLLATE "C"
