-- description: What each contestant got, one row for each round.
-- uses: analytics.dim_election
CREATE VIEW analytics.fact_election_result AS
SELECT
    r.id AS election_result_id,
    r.election_id,
    e.election,
    e.election_type,
    e.election_date,
    e.country_code,
    e.country_name,
    r.round,
    COALESCE(p.name, g.name, r.option) AS contestant,
    CASE WHEN r.person_id IS NOT NULL THEN 'person' WHEN r.party_id IS NOT NULL THEN 'party' ELSE 'option' END
    AS contestant_kind,
    r.person_id,
    r.party_id,
    g.name AS party,
    r.option,
    r.votes,
    r.vote_share_pct,
    r.seats,
    r.won AS is_winner
FROM {schema}.election_result AS r
INNER JOIN analytics.dim_election AS e ON e.election_id = r.election_id
LEFT JOIN {schema}.person AS p ON p.id = r.person_id
LEFT JOIN {schema}.organization AS g ON g.id = r.party_id;

COMMENT ON VIEW analytics.fact_election_result IS 'What one candidate, party or option got in one round of an election: one row per contestant and round. Only contestants that a source names are here, so votes and seats need not add up to the whole. Keep rounds apart: adding over them counts voters twice.';
COMMENT ON COLUMN analytics.fact_election_result.election_result_id IS 'Key of the result.';
COMMENT ON COLUMN analytics.fact_election_result.election_id IS 'The election. Joins dim_election.';
COMMENT ON COLUMN analytics.fact_election_result.election IS 'A label for charts: country, kind and date.';
COMMENT ON COLUMN analytics.fact_election_result.election_type IS 'What kind of vote, such as presidential; all of them are in dim_election.';
COMMENT ON COLUMN analytics.fact_election_result.election_date IS 'First day that the vote can be; how precise that is stands in dim_election. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_election_result.country_code IS 'Country that votes: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.fact_election_result.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.fact_election_result.round IS 'Which round, from 1; empty where no source speaks of rounds. Group by it.';
COMMENT ON COLUMN analytics.fact_election_result.contestant IS 'Name of the person, party or option: the label of a chart.';
COMMENT ON COLUMN analytics.fact_election_result.contestant_kind IS 'What the contestant is: person, party or option. An election can have both its candidates and their parties as contestants: filter one kind before you add.';
COMMENT ON COLUMN analytics.fact_election_result.person_id IS 'The candidate, when it is one. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_election_result.party_id IS 'The party that stood, or that the candidate stood for. Joins dim_organization on organization_id.';
COMMENT ON COLUMN analytics.fact_election_result.party IS 'Name of that party.';
COMMENT ON COLUMN analytics.fact_election_result.option IS 'The option, such as yes or against all, when it is one.';
COMMENT ON COLUMN analytics.fact_election_result.votes IS 'Votes, as a number. Add only within one election, round and contestant_kind.';
COMMENT ON COLUMN analytics.fact_election_result.vote_share_pct IS 'Share of the votes of that round, in per cent (0 to 100). Never add over rounds or elections.';
COMMENT ON COLUMN analytics.fact_election_result.seats IS 'Seats won. Add only within one election and contestant_kind.';
COMMENT ON COLUMN analytics.fact_election_result.is_winner IS 'Whether a source says that it won; empty when none says either.';
