-- description: The rows that some claims spoke of until now.
INSERT INTO touched_row
SELECT DISTINCT COALESCE(s.row_id, s.record_id)
FROM claim_standing AS s
WHERE s.claim_id IN {keys}
ON CONFLICT DO NOTHING
