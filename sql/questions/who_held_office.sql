-- description: Who held an office in a year? Leave a part empty to ask for all.
-- parameter: office = -- part of the name of the office, such as prime minister
-- parameter: country = -- name or two-letter code
-- parameter: year = -- such as 1999
WITH asked AS (
    SELECT
        LOWER(CAST(:office AS VARCHAR)) AS office,
        LOWER(CAST(:country AS VARCHAR)) AS country,
        CAST(:country_code AS VARCHAR) AS country_code,
        CAST(NULLIF(CAST(:year AS VARCHAR), '') AS INTEGER) AS year
)

SELECT y.year, y.person, y.office, y.country, y.certainty, y.start_edtf, y.end_edtf, y.tenure_id
FROM office_years AS y
CROSS JOIN asked AS a
WHERE
    -- "Prime minister" asks for no deputy prime minister, unless no office has a name that begins so.
    (
        POSITION(a.office IN LOWER(y.office)) = 1
        OR (
            POSITION(a.office IN LOWER(y.office)) > 0
            AND NOT EXISTS (SELECT 1 FROM office AS o WHERE POSITION(a.office IN LOWER(o.name)) = 1)
        )
    )
    -- An office whose country is not known may still have it in its name.
    AND (
        a.country = ''
        OR y.country = a.country_code
        OR (y.country IS NULL AND POSITION(a.country IN LOWER(y.office)) > 0)
    )
    AND (a.year IS NULL OR y.year = a.year)
ORDER BY
    y.year,
    y.office COLLATE "C",
    CASE y.certainty WHEN 'stated' THEN 0 ELSE 1 END,
    y.person COLLATE "C",
    y.tenure_id COLLATE "C"
