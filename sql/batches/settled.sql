-- description: Extractions of a model of which no question waits any more, in the order of their texts.
SELECT r.extraction_id, r.document_version_id
FROM batch_request AS r
INNER JOIN provider_batch AS b ON b.id = r.batch_id
WHERE b.model = :model AND COALESCE(b.base_url, '') = :base_url
GROUP BY r.extraction_id, r.document_version_id
HAVING SUM(CASE WHEN b.state IN ('submitting', 'submitted') THEN 1 ELSE 0 END) = 0
ORDER BY r.document_version_id COLLATE "C", r.extraction_id COLLATE "C"
