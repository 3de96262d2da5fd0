-- description: Shares lie between 0 and 100, and those of one round do not add up to more than 100.5 per cent.
SELECT 'election_result' AS what, id, vote_share_pct AS share_pct
FROM election_result
WHERE vote_share_pct NOT BETWEEN 0 AND 100
UNION ALL
SELECT 'election' AS what, id, turnout_pct AS share_pct
FROM election
WHERE turnout_pct NOT BETWEEN 0 AND 100
UNION ALL
SELECT 'one round' AS what, election_id AS id, SUM(vote_share_pct) AS share_pct
FROM election_result
GROUP BY election_id, round
HAVING SUM(vote_share_pct) > 100.5
