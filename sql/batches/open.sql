-- description: Batches of a model that are not collected yet, the oldest first.
SELECT b.*
FROM provider_batch AS b
WHERE b.state IN ('submitting', 'submitted') AND b.model = :model AND COALESCE(b.base_url, '') = :base_url
ORDER BY b.submitted_at, b.id COLLATE "C"
