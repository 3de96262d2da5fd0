-- When did runs start, and what did they cost?
SELECT run_id, started_at, CAST(started_at AS DATE) AS day, date_trunc('hour', started_at) AS hour, finished_at - started_at AS took, seconds, cost_usd, tokens_in
FROM run_costs
ORDER BY cost_usd DESC, started_at, run_id
LIMIT 10
