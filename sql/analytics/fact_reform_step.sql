-- description: Steps of reforms, one row each.
-- uses: analytics.dim_country
CREATE VIEW analytics.fact_reform_step AS
SELECT
    e.id AS reform_step_id,
    e.reform_id,
    r.title AS reform,
    r.country AS country_code,
    n.country_name,
    e.status AS step,
    CASE e.status
        WHEN 'announced' THEN CAST(1 AS BIGINT)
        WHEN 'proposed' THEN 2
        WHEN 'submitted' THEN 3
        WHEN 'adopted' THEN 4
        WHEN 'signed' THEN 5
        WHEN 'in_force' THEN 6
        WHEN 'rejected' THEN 7
        WHEN 'repealed' THEN 8
    END AS step_number,
    e.date_edtf AS step_date_edtf,
    e.date_earliest AS step_date_earliest,
    e.date_latest AS step_date_latest,
    COALESCE(e.date_earliest, e.date_latest) AS step_date,
    CASE
        WHEN e.date_earliest = e.date_latest THEN 'day'
        WHEN EXTRACT(DAY FROM e.date_earliest) = 1 AND e.date_latest = CAST(e.date_earliest + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) THEN 'month'
        WHEN EXTRACT(DOY FROM e.date_earliest) = 1 AND e.date_latest = CAST(e.date_earliest + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) THEN 'year'
        WHEN e.date_earliest IS NOT NULL OR e.date_latest IS NOT NULL THEN 'range'
    END AS step_date_precision,
    e.date_basis AS step_date_basis,
    e.decided_by,
    p.id AS person_id,
    g.id AS organization_id,
    COALESCE(p.name, g.name) AS actor,
    e.election_id
FROM {schema}.reform_event AS e
INNER JOIN {schema}.reform AS r ON r.id = e.reform_id
LEFT JOIN analytics.dim_country AS n ON n.country_code = r.country
LEFT JOIN {schema}.person AS p ON p.id = e.actor_id
LEFT JOIN {schema}.organization AS g ON g.id = e.actor_id;

COMMENT ON VIEW analytics.fact_reform_step IS 'The steps that reforms took, from announced to in force or repealed: one row per step. A reform has several rows, and one without a known step has none: count reforms in dim_reform.';
COMMENT ON COLUMN analytics.fact_reform_step.reform_step_id IS 'Key of the step.';
COMMENT ON COLUMN analytics.fact_reform_step.reform_id IS 'The reform. Joins dim_reform.';
COMMENT ON COLUMN analytics.fact_reform_step.reform IS 'What the reform is, in a few words.';
COMMENT ON COLUMN analytics.fact_reform_step.country_code IS 'Country that reforms: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.fact_reform_step.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.fact_reform_step.step IS 'The step that it took: announced, proposed, submitted, adopted, signed, in_force, rejected, repealed.';
COMMENT ON COLUMN analytics.fact_reform_step.step_number IS 'The same as a number to sort by: 1 announced to 6 in_force, 7 rejected, 8 repealed.';
COMMENT ON COLUMN analytics.fact_reform_step.step_date_edtf IS 'Date of the step, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.fact_reform_step.step_date_earliest IS 'First day that the step can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_reform_step.step_date_latest IS 'Last day that the step can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_reform_step.step_date IS 'One day for the time axis: step_date_earliest, or step_date_latest where that is empty. A date known only as 2019 stands on 2019-01-01: see step_date_precision. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_reform_step.step_date_precision IS 'How precise that date is: day, month, year, or range for anything else. Chart by day only what is day.';
COMMENT ON COLUMN analytics.fact_reform_step.step_date_basis IS 'What the date rests on: stated (the words say it), context (other words of the document complete it), inferred, external or unknown.';
COMMENT ON COLUMN analytics.fact_reform_step.decided_by IS 'Who took it: referendum, parliament, president, government, court, unknown.';
COMMENT ON COLUMN analytics.fact_reform_step.person_id IS 'The person that took it, where a source names one. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_reform_step.organization_id IS 'The organization that took it, where a source names one. Joins dim_organization.';
COMMENT ON COLUMN analytics.fact_reform_step.actor IS 'Name of that person or organization.';
COMMENT ON COLUMN analytics.fact_reform_step.election_id IS 'The vote that decided it, when it was a referendum. Joins dim_election.';
