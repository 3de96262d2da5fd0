-- description: Turnouts, each with its election.
SELECT d.election, e.turnout_pct
FROM election AS e
INNER JOIN analytics.dim_election AS d ON d.election_id = e.id
WHERE e.turnout_pct IS NOT NULL
