-- description: What each run that has not been closed has spent, and what nobody knows whether it was billed.
SELECT
    run_id,
    coalesce(sum(spent_usd), 0) AS spent_usd,
    coalesce(sum(CASE WHEN spent_usd IS NULL THEN reserved_usd END), 0) AS unsure_usd
FROM model_request
GROUP BY run_id
ORDER BY run_id
