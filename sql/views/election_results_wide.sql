-- description: One row per election and round, the first three side by side.
CREATE VIEW election_results_wide AS
WITH contestants AS (
    SELECT
        r.election_id,
        r.round,
        r.id,
        COALESCE(p.name, g.name, r.option) AS name,
        CASE WHEN p.id IS NOT NULL THEN g.name END AS party,
        r.votes,
        r.vote_share_pct,
        r.seats,
        r.won
    FROM election_result AS r
    LEFT JOIN person AS p ON p.id = r.person_id
    LEFT JOIN organization AS g ON g.id = r.party_id
),

ranked AS (
    SELECT
        c.*,
        ROW_NUMBER() OVER (
            PARTITION BY c.election_id, c.round
            ORDER BY
                CASE WHEN c.won THEN 0 ELSE 1 END,
                c.vote_share_pct DESC NULLS LAST,
                c.votes DESC NULLS LAST,
                c.seats DESC NULLS LAST,
                c.name COLLATE "C",
                c.id COLLATE "C"
        ) AS place
    FROM contestants AS c
),

rounds AS (
    SELECT
        election_id,
        round,
        COUNT(*) AS contestants,
        STRING_AGG(CASE WHEN won THEN name END, '; ' ORDER BY place) AS winner,
        MAX(CASE WHEN place = 1 THEN name END) AS first_name,
        MAX(CASE WHEN place = 1 THEN party END) AS first_party,
        MAX(CASE WHEN place = 1 THEN votes END) AS first_votes,
        MAX(CASE WHEN place = 1 THEN vote_share_pct END) AS first_share_pct,
        MAX(CASE WHEN place = 1 THEN seats END) AS first_seats,
        MAX(CASE WHEN place = 2 THEN name END) AS second_name,
        MAX(CASE WHEN place = 2 THEN vote_share_pct END) AS second_share_pct,
        MAX(CASE WHEN place = 2 THEN seats END) AS second_seats,
        MAX(CASE WHEN place = 3 THEN name END) AS third_name,
        MAX(CASE WHEN place = 3 THEN vote_share_pct END) AS third_share_pct,
        MAX(CASE WHEN place = 3 THEN seats END) AS third_seats
    FROM ranked
    GROUP BY election_id, round
)

SELECT
    e.id AS election_id,
    e.type,
    e.country,
    e.date_edtf,
    e.date_earliest,
    e.date_latest,
    e.status,
    e.early,
    b.name AS body,
    o.name AS office,
    COALESCE(r.round, e.round) AS round,
    e.turnout_pct,
    COALESCE(r.contestants, 0) AS contestants,
    r.winner,
    r.first_name,
    r.first_party,
    r.first_votes,
    r.first_share_pct,
    r.first_seats,
    r.second_name,
    r.second_share_pct,
    r.second_seats,
    r.third_name,
    r.third_share_pct,
    r.third_seats
FROM election AS e
LEFT JOIN organization AS b ON b.id = e.body_id
LEFT JOIN office AS o ON o.id = e.office_id
LEFT JOIN rounds AS r ON r.election_id = e.id;

COMMENT ON VIEW election_results_wide IS 'One row per election and round, with the first three contestants side by side. An election without results has one row.';
COMMENT ON COLUMN election_results_wide.election_id IS 'Key of the election; polidex explain takes it.';
COMMENT ON COLUMN election_results_wide.type IS 'What kind of vote, such as presidential.';
COMMENT ON COLUMN election_results_wide.country IS 'Country that votes: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN election_results_wide.date_edtf IS 'Date of the vote, as precise as the sources (EDTF).';
COMMENT ON COLUMN election_results_wide.date_earliest IS 'First day that the vote can be.';
COMMENT ON COLUMN election_results_wide.date_latest IS 'Last day that the vote can be.';
COMMENT ON COLUMN election_results_wide.status IS 'How far the election got, such as held.';
COMMENT ON COLUMN election_results_wide.early IS 'Whether it came before its time.';
COMMENT ON COLUMN election_results_wide.body IS 'The body that is elected.';
COMMENT ON COLUMN election_results_wide.office IS 'The office that is filled.';
COMMENT ON COLUMN election_results_wide.round IS 'Round, where a source says which.';
COMMENT ON COLUMN election_results_wide.turnout_pct IS 'Share of the electorate that voted, in per cent.';
COMMENT ON COLUMN election_results_wide.contestants IS 'How many contestants are known.';
COMMENT ON COLUMN election_results_wide.winner IS 'Who a source says won, joined by a semicolon if several did; empty when none says it.';
COMMENT ON COLUMN election_results_wide.first_name IS 'Person, party or option that came first among those known.';
COMMENT ON COLUMN election_results_wide.first_party IS 'Party of the person that came first.';
COMMENT ON COLUMN election_results_wide.first_votes IS 'Votes of the first.';
COMMENT ON COLUMN election_results_wide.first_share_pct IS 'Share of the votes of the first, in per cent.';
COMMENT ON COLUMN election_results_wide.first_seats IS 'Seats of the first.';
COMMENT ON COLUMN election_results_wide.second_name IS 'Person, party or option that came second among those known.';
COMMENT ON COLUMN election_results_wide.second_share_pct IS 'Share of the votes of the second, in per cent.';
COMMENT ON COLUMN election_results_wide.second_seats IS 'Seats of the second.';
COMMENT ON COLUMN election_results_wide.third_name IS 'Person, party or option that came third among those known.';
COMMENT ON COLUMN election_results_wide.third_share_pct IS 'Share of the votes of the third, in per cent.';
COMMENT ON COLUMN election_results_wide.third_seats IS 'Seats of the third.';
