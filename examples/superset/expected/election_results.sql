-- description: What each contestant got.
SELECT d.election, COALESCE(p.name, g.name, r.option), g.name, r.vote_share_pct, r.seats, r.won
FROM election_result AS r
INNER JOIN analytics.dim_election AS d ON d.election_id = r.election_id
LEFT JOIN person AS p ON p.id = r.person_id
LEFT JOIN organization AS g ON g.id = r.party_id
