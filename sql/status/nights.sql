-- description: The last ten runs, the newest first.
SELECT
    n.run_id, n.status, n.started_at, n.heartbeat_at, n.finished_at, n.exit_code, n.headline,
    n.gate, n.documents, n.documents_failed, n.quarantine_new, n.cost_usd, n.budget_usd, n.seconds, n.exit_reason, n.report
FROM nights AS n
ORDER BY n.started_at DESC, n.run_id COLLATE "C"
LIMIT 10
