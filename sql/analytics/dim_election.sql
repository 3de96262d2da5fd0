-- description: Elections and referendums, one row each.
-- uses: analytics.dim_country
CREATE VIEW analytics.dim_election AS
SELECT
    e.id AS election_id,
    COALESCE(c.country_name || ', ', e.country || ', ', '') || REPLACE(e.type, '_', ' ')
    || COALESCE(', ' || e.date_edtf, '') AS election,
    e.type AS election_type,
    e.country AS country_code,
    c.country_name,
    e.body_id,
    b.name AS body,
    e.office_id,
    o.name AS office,
    e.date_edtf AS election_date_edtf,
    e.date_earliest AS election_date_earliest,
    e.date_latest AS election_date_latest,
    COALESCE(e.date_earliest, e.date_latest) AS election_date,
    CASE
        WHEN e.date_earliest = e.date_latest THEN 'day'
        WHEN EXTRACT(DAY FROM e.date_earliest) = 1 AND e.date_latest = CAST(e.date_earliest + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) THEN 'month'
        WHEN EXTRACT(DOY FROM e.date_earliest) = 1 AND e.date_latest = CAST(e.date_earliest + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) THEN 'year'
        WHEN e.date_earliest IS NOT NULL OR e.date_latest IS NOT NULL THEN 'range'
    END AS election_date_precision,
    e.date_basis AS election_date_basis,
    e.status AS election_status,
    e.early AS is_early,
    e.electoral_system,
    e.threshold_pct,
    e.seats_total,
    e.list_share_pct,
    e.district_share_pct,
    e.turnout_pct,
    e.round
FROM {schema}.election AS e
LEFT JOIN analytics.dim_country AS c ON c.country_code = e.country
LEFT JOIN {schema}.organization AS b ON b.id = e.body_id
LEFT JOIN {schema}.office AS o ON o.id = e.office_id;

COMMENT ON VIEW analytics.dim_election IS 'Elections and referendums, planned ones too: one row each. What each contestant got is in fact_election_result. For those that took place filter election_status = ''held''.';
COMMENT ON COLUMN analytics.dim_election.election_id IS 'Key of the election; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.dim_election.election IS 'A label for charts: country, kind and date, such as Kenya, presidential, 2002-12-27.';
COMMENT ON COLUMN analytics.dim_election.election_type IS 'What kind of vote: presidential, parliamentary, referendum, subnational_executive, subnational_legislative, supranational, by_election.';
COMMENT ON COLUMN analytics.dim_election.country_code IS 'Country that votes: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.dim_election.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.dim_election.body_id IS 'The body that is elected. Joins dim_organization on organization_id.';
COMMENT ON COLUMN analytics.dim_election.body IS 'Name of the body that is elected.';
COMMENT ON COLUMN analytics.dim_election.office_id IS 'The office that is filled. Joins dim_office.';
COMMENT ON COLUMN analytics.dim_election.office IS 'Name of the office that is filled.';
COMMENT ON COLUMN analytics.dim_election.election_date_edtf IS 'Date of the vote, past or planned, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.dim_election.election_date_earliest IS 'First day that the vote, past or planned can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_election.election_date_latest IS 'Last day that the vote, past or planned can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_election.election_date IS 'One day for the time axis: election_date_earliest, or election_date_latest where that is empty. A date known only as 2019 stands on 2019-01-01: see election_date_precision. Joins dim_day on day.';
COMMENT ON COLUMN analytics.dim_election.election_date_precision IS 'How precise that date is: day, month, year, or range for anything else. Chart by day only what is day.';
COMMENT ON COLUMN analytics.dim_election.election_date_basis IS 'What the date rests on: stated (the words say it), context (other words of the document complete it), inferred, external or unknown.';
COMMENT ON COLUMN analytics.dim_election.election_status IS 'How far it got, by the newest documents: planned, called, scheduled, held, cancelled.';
COMMENT ON COLUMN analytics.dim_election.is_early IS 'Whether it comes before its time; empty when no source says.';
COMMENT ON COLUMN analytics.dim_election.electoral_system IS 'How votes become seats, as the source says it.';
COMMENT ON COLUMN analytics.dim_election.threshold_pct IS 'Share of the vote that a party needs to get in, in per cent (0 to 100).';
COMMENT ON COLUMN analytics.dim_election.seats_total IS 'Seats to be filled.';
COMMENT ON COLUMN analytics.dim_election.list_share_pct IS 'Share of the seats filled from party lists, in per cent (0 to 100).';
COMMENT ON COLUMN analytics.dim_election.district_share_pct IS 'Share of the seats filled in districts, in per cent (0 to 100).';
COMMENT ON COLUMN analytics.dim_election.turnout_pct IS 'Share of the electorate that voted, in per cent (0 to 100). Average it, never add it.';
COMMENT ON COLUMN analytics.dim_election.round IS 'Which round, when the row is about one; mostly empty: the rounds are in fact_election_result.';
