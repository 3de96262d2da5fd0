-- description: How many documents tell of each of the rows in touched_row, from when to when, and when it last was current.
SELECT
    s.row_id,
    s.record_type,
    COUNT(DISTINCT v.document_id) AS documents,
    MIN(s.published_date) AS first_published,
    MAX(s.published_date) AS last_published,
    -- "Current" is true on the day of the document that says so, and nothing is known of later days. Where no claim
    -- says it in so many words, the earliest document is the cautious one.
    CASE WHEN s.record_type = 'tenure' THEN
        COALESCE(
            MAX(s.published_date) FILTER (WHERE s.field = 'status' AND s.value = 'current'),
            MIN(s.published_date)
        )
    END AS current_on
FROM claim_standing AS s
INNER JOIN touched_row AS a ON a.row_id = s.row_id
INNER JOIN document_version AS v ON v.id = s.document_version_id
WHERE s.evidence_id IS NOT NULL
GROUP BY s.row_id, s.record_type
