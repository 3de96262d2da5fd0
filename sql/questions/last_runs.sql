-- description: How did the last ten runs end, what did they read, and what did they cost?
SELECT
    r.started_at,
    r.status,
    r.documents,
    r.extractions,
    r.failed,
    r.models,
    r.tokens_in,
    r.tokens_in_cached,
    r.tokens_out,
    r.seconds,
    r.cost_usd,
    r.exit_reason,
    r.run_id
FROM run_costs AS r
ORDER BY r.started_at DESC, r.run_id COLLATE "C"
LIMIT 10
