-- description: The rows that some texts tell of.
INSERT INTO touched_row
SELECT DISTINCT COALESCE(s.row_id, s.record_id)
FROM claim_standing AS s
WHERE s.document_version_id IN {keys}
ON CONFLICT DO NOTHING
