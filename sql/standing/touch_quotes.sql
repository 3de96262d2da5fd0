-- description: The rows of which claims rest on some spans.
INSERT INTO touched_row
SELECT DISTINCT COALESCE(s.row_id, s.record_id)
FROM claim_standing AS s
INNER JOIN claim_evidence AS ce ON ce.claim_id = s.claim_id
WHERE ce.evidence_id IN {keys}
ON CONFLICT DO NOTHING
