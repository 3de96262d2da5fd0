-- description: Every claim rests on at least one span.
SELECT c.id, c.record_type, c.field, c.value
FROM claim AS c
WHERE NOT EXISTS (SELECT 1 FROM claim_evidence AS ce WHERE ce.claim_id = c.id)
