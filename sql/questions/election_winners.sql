-- description: Which elections are there, and who came first?
-- parameter: country = -- name or two-letter code
-- parameter: year = -- such as 2022
WITH asked AS (
    SELECT
        CAST(:country_code AS VARCHAR) AS country,
        CAST(NULLIF(CAST(:year AS VARCHAR), '') AS INTEGER) AS year
)

SELECT
    e.date_edtf,
    e.country,
    e.type,
    e.status,
    e.round,
    e.winner,
    e.first_name,
    e.first_share_pct,
    e.second_name,
    e.second_share_pct,
    e.turnout_pct,
    e.election_id
FROM election_results_wide AS e
CROSS JOIN asked AS a
WHERE
    (a.country = '' OR e.country = a.country)
    AND (
        a.year IS NULL
        OR a.year BETWEEN EXTRACT(YEAR FROM e.date_earliest) AND EXTRACT(YEAR FROM e.date_latest)
    )
ORDER BY
    e.date_earliest NULLS LAST,
    e.country COLLATE "C" NULLS LAST,
    e.type COLLATE "C",
    e.round NULLS LAST,
    e.election_id COLLATE "C",
    e.first_name COLLATE "C" NULLS LAST
