-- description: What runs that have ended spent since a moment.
SELECT coalesce(sum(coalesce(cost_usd, 0) + coalesce(unsure_usd, 0)), 0) AS usd
FROM extraction_run
WHERE started_at >= :since
