-- description: How many offices, reforms, elections and statements are known of each country.
WITH rows AS (
    SELECT country, 'offices' AS what FROM office
    UNION ALL
    SELECT country, 'reforms' AS what FROM reform
    UNION ALL
    SELECT country, 'elections' AS what FROM election
    UNION ALL
    SELECT speaker_country, 'statements' AS what FROM statements_by_speaker
)

SELECT c.country_name, r.what, COUNT(*)
FROM rows AS r
INNER JOIN analytics.dim_country AS c ON c.country_code = r.country
GROUP BY c.country_name, r.what
