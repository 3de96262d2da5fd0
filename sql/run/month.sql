-- description: What runs that have ended spent since a moment, and what batches may cost that are not back yet.
SELECT
    coalesce(sum(r.cost_usd), 0) + coalesce(sum(r.unsure_usd), 0)
    + (SELECT coalesce(sum(b.reserved_usd), 0) FROM provider_batch AS b WHERE b.state IN ('submitting', 'submitted'))
    AS usd
FROM extraction_run AS r
WHERE r.started_at >= :since
