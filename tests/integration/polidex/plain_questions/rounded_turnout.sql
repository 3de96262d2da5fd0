-- Turnout without decimals, halves as they come.
SELECT id, turnout_pct, ROUND(turnout_pct) AS rounded, CEIL(turnout_pct) AS up, FLOOR(turnout_pct) AS down, CAST(turnout_pct AS INTEGER) AS cut
FROM election
ORDER BY turnout_pct DESC, id
