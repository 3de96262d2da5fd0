-- description: People in offices, one row for each spell.
-- uses: office_timeline
-- uses: current_office_holders
-- uses: analytics.dim_country
CREATE VIEW analytics.fact_tenure AS
SELECT
    t.id AS tenure_id,
    t.person_id,
    o.person,
    t.office_id,
    o.office,
    o.role,
    o.country AS country_code,
    n.country_name,
    t.party_id,
    o.party,
    t.start_edtf,
    t.start_earliest,
    t.start_latest,
    COALESCE(t.start_earliest, t.start_latest) AS start_date,
    CASE
        WHEN t.start_earliest = t.start_latest THEN 'day'
        WHEN EXTRACT(DAY FROM t.start_earliest) = 1 AND t.start_latest = CAST(t.start_earliest + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) THEN 'month'
        WHEN EXTRACT(DOY FROM t.start_earliest) = 1 AND t.start_latest = CAST(t.start_earliest + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) THEN 'year'
        WHEN t.start_earliest IS NOT NULL OR t.start_latest IS NOT NULL THEN 'range'
    END AS start_date_precision,
    t.start_basis,
    t.end_edtf,
    t.end_earliest,
    t.end_latest,
    COALESCE(t.end_earliest, t.end_latest) AS end_date,
    CASE
        WHEN t.end_earliest = t.end_latest THEN 'day'
        WHEN EXTRACT(DAY FROM t.end_earliest) = 1 AND t.end_latest = CAST(t.end_earliest + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) THEN 'month'
        WHEN EXTRACT(DOY FROM t.end_earliest) = 1 AND t.end_latest = CAST(t.end_earliest + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) THEN 'year'
        WHEN t.end_earliest IS NOT NULL OR t.end_latest IS NOT NULL THEN 'range'
    END AS end_date_precision,
    t.end_basis,
    t.status AS tenure_status,
    h.tenure_id IS NOT NULL AS is_in_office,
    o.current_on,
    CAST(
        CASE
            WHEN COALESCE(t.end_earliest, o.current_on) < t.start_latest THEN 0
            ELSE COALESCE(t.end_earliest, o.current_on) - t.start_latest
        END AS BIGINT
    ) AS days_at_least,
    CAST(t.end_latest - t.start_earliest AS BIGINT) AS days_at_most,
    t.acting AS is_acting,
    t.start_cause,
    t.end_cause,
    t.constituency,
    o.documents
FROM {schema}.tenure AS t
INNER JOIN {schema}.office_timeline AS o ON o.tenure_id = t.id
LEFT JOIN {schema}.current_office_holders AS h ON h.tenure_id = t.id
LEFT JOIN analytics.dim_country AS n ON n.country_code = o.country;

COMMENT ON VIEW analytics.fact_tenure IS 'Who held which office and when: one row per spell of a person in an office; two spells in one office are two rows. For those in office now filter is_in_office; for each year of a spell use fact_office_year.';
COMMENT ON COLUMN analytics.fact_tenure.tenure_id IS 'Key of the spell; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.fact_tenure.person_id IS 'Who held the office. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_tenure.person IS 'Name of the person.';
COMMENT ON COLUMN analytics.fact_tenure.office_id IS 'The office held. Joins dim_office.';
COMMENT ON COLUMN analytics.fact_tenure.office IS 'Name of the office.';
COMMENT ON COLUMN analytics.fact_tenure.role IS 'What the holder of the office does, in words that are the same in every country, such as minister; all of them are in dim_office.';
COMMENT ON COLUMN analytics.fact_tenure.country_code IS 'Country whose office it is: ISO 3166-1 code of two letters; empty for an international one. Joins dim_country.';
COMMENT ON COLUMN analytics.fact_tenure.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.fact_tenure.party_id IS 'Party that the holder stood for, where a source says. Joins dim_organization on organization_id.';
COMMENT ON COLUMN analytics.fact_tenure.party IS 'Name of that party.';
COMMENT ON COLUMN analytics.fact_tenure.start_edtf IS 'Date of the start of the spell, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.fact_tenure.start_earliest IS 'First day that the start of the spell can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_tenure.start_latest IS 'Last day that the start of the spell can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_tenure.start_date IS 'One day for the time axis: start_earliest, or start_latest where that is empty. A date known only as 2019 stands on 2019-01-01: see start_date_precision. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_tenure.start_date_precision IS 'How precise that date is: day, month, year, or range for anything else. Chart by day only what is day.';
COMMENT ON COLUMN analytics.fact_tenure.start_basis IS 'What the date rests on: stated (the words say it), context (other words of the document complete it), inferred, external or unknown.';
COMMENT ON COLUMN analytics.fact_tenure.end_edtf IS 'Date of the end of the spell, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.fact_tenure.end_earliest IS 'First day that the end of the spell can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_tenure.end_latest IS 'Last day that the end of the spell can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_tenure.end_date IS 'One day for the time axis: end_earliest, or end_latest where that is empty. A date known only as 2019 stands on 2019-01-01: see end_date_precision. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_tenure.end_date_precision IS 'How precise that date is: day, month, year, or range for anything else. Chart by day only what is day.';
COMMENT ON COLUMN analytics.fact_tenure.end_basis IS 'What the date rests on: stated (the words say it), context (other words of the document complete it), inferred, external or unknown.';
COMMENT ON COLUMN analytics.fact_tenure.tenure_status IS 'How the spell stood on the date of the documents: current, ended, planned, unknown. Not the same as being in office now: see is_in_office.';
COMMENT ON COLUMN analytics.fact_tenure.is_in_office IS 'Whether the person holds the office as of the newest documents, that is as of current_on: status current, and nobody known to have come later in a post that one person holds.';
COMMENT ON COLUMN analytics.fact_tenure.current_on IS 'The day on which a document last said that the spell went on; only where tenure_status is current. Nothing is known of later days: show it beside is_in_office.';
COMMENT ON COLUMN analytics.fact_tenure.days_at_least IS 'The least number of days from start to end (or to current_on) that the dates allow; empty where one of them is not known.';
COMMENT ON COLUMN analytics.fact_tenure.days_at_most IS 'The most days that the dates allow; empty where the spell has no known start or end.';
COMMENT ON COLUMN analytics.fact_tenure.is_acting IS 'Whether the office was only held for the time being; empty when no source says so.';
COMMENT ON COLUMN analytics.fact_tenure.start_cause IS 'How it began, such as appointed or elected.';
COMMENT ON COLUMN analytics.fact_tenure.end_cause IS 'How it ended, such as resigned.';
COMMENT ON COLUMN analytics.fact_tenure.constituency IS 'Constituency that the holder was elected in.';
COMMENT ON COLUMN analytics.fact_tenure.documents IS 'How many documents speak of the spell.';
