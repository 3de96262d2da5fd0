-- What do sources dispute most?
SELECT record_type, field, COUNT(*) AS values, COUNT(DISTINCT row_id) AS rows, MAX(last_published) - MIN(first_published) AS days,
    ROUND(100.0 * COUNT(*) FILTER (WHERE is_canonical) / COUNT(*), 1) AS canonical_pct
FROM conflicts
GROUP BY record_type, field
ORDER BY values DESC, record_type, field
