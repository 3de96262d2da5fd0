-- description: What reforms change, one row for each measure.
-- uses: analytics.dim_country
CREATE VIEW analytics.fact_reform_measure AS
SELECT
    m.id AS reform_measure_id,
    m.reform_id,
    r.title AS reform,
    r.country AS country_code,
    n.country_name,
    m.description AS measure,
    m.target_office_id AS office_id,
    o.name AS office,
    m.value_old,
    m.value_new,
    m.unit
FROM {schema}.reform_measure AS m
INNER JOIN {schema}.reform AS r ON r.id = m.reform_id
LEFT JOIN analytics.dim_country AS n ON n.country_code = r.country
LEFT JOIN {schema}.office AS o ON o.id = m.target_office_id;

COMMENT ON VIEW analytics.fact_reform_measure IS 'The single things that reforms change, such as a term of office from 7 to 5 years: one row per measure. A reform has several rows or none: count reforms in dim_reform.';
COMMENT ON COLUMN analytics.fact_reform_measure.reform_measure_id IS 'Key of the measure.';
COMMENT ON COLUMN analytics.fact_reform_measure.reform_id IS 'The reform. Joins dim_reform.';
COMMENT ON COLUMN analytics.fact_reform_measure.reform IS 'What the reform is, in a few words.';
COMMENT ON COLUMN analytics.fact_reform_measure.country_code IS 'Country that reforms: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.fact_reform_measure.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.fact_reform_measure.measure IS 'What it changes.';
COMMENT ON COLUMN analytics.fact_reform_measure.office_id IS 'The office that it changes, where it is about one. Joins dim_office.';
COMMENT ON COLUMN analytics.fact_reform_measure.office IS 'Name of that office.';
COMMENT ON COLUMN analytics.fact_reform_measure.value_old IS 'The value before, as text, such as 7 or none.';
COMMENT ON COLUMN analytics.fact_reform_measure.value_new IS 'The value after, as text, such as 5.';
COMMENT ON COLUMN analytics.fact_reform_measure.unit IS 'What the values count, such as years or per cent.';
