-- description: Who held which office in which year.
-- uses: office_years
-- uses: analytics.dim_country
CREATE VIEW analytics.fact_office_year AS
SELECT
    y.tenure_id,
    CAST(y.year AS BIGINT) AS year,
    y.certainty,
    y.person_id,
    y.person,
    y.office_id,
    y.office,
    y.role,
    y.country AS country_code,
    n.country_name
FROM {schema}.office_years AS y
LEFT JOIN analytics.dim_country AS n ON n.country_code = y.country;

COMMENT ON VIEW analytics.fact_office_year IS 'Who held which office in which year: one row per spell and calendar year that its known dates reach. One year can have several holders of an office: the year of a change, or years that are only possible. A spell without a known end has no year after the last one that a document speaks of.';
COMMENT ON COLUMN analytics.fact_office_year.tenure_id IS 'The spell. Joins fact_tenure. With year it is the key of the row.';
COMMENT ON COLUMN analytics.fact_office_year.year IS 'Calendar year, as a number.';
COMMENT ON COLUMN analytics.fact_office_year.certainty IS 'stated: in office on at least one day of that year, whichever of its possible dates are right. possible: only with some of them. Filter stated to count what is known, and say so when you count both.';
COMMENT ON COLUMN analytics.fact_office_year.person_id IS 'Who held the office. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_office_year.person IS 'Name of the person.';
COMMENT ON COLUMN analytics.fact_office_year.office_id IS 'The office held. Joins dim_office.';
COMMENT ON COLUMN analytics.fact_office_year.office IS 'Name of the office.';
COMMENT ON COLUMN analytics.fact_office_year.role IS 'What the holder of the office does, in words that are the same in every country, such as minister; all of them are in dim_office.';
COMMENT ON COLUMN analytics.fact_office_year.country_code IS 'Country whose office it is: ISO 3166-1 code of two letters; empty for an international one. Joins dim_country.';
COMMENT ON COLUMN analytics.fact_office_year.country_name IS 'Name of the country in English; empty where no country is known.';
