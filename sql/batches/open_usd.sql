-- description: The most that the batches can cost that are not collected yet, in US dollars.
SELECT COALESCE(SUM(b.reserved_usd), 0) AS usd FROM provider_batch AS b WHERE b.state IN ('submitting', 'submitted')
