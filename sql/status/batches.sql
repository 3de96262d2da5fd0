-- description: Batches that providers work on, or whose replies were not taken yet.
SELECT b.provider, b.model, b.state, COUNT(*) AS batches, CAST(SUM(b.requests) AS BIGINT) AS requests, MIN(b.expires_at) AS expires_at
FROM provider_batch AS b
WHERE b.state IN ('submitting', 'submitted')
GROUP BY b.provider, b.model, b.state
ORDER BY b.provider COLLATE "C", b.model COLLATE "C", b.state COLLATE "C"
