-- description: Every row that analysts see rests on a claim that is current.
SELECT 'person' AS record_type, t.id
FROM person AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'person' AND c.canonical_id = t.id AND c.is_current
)
UNION ALL
SELECT 'organization' AS record_type, t.id
FROM organization AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'organization' AND c.canonical_id = t.id AND c.is_current
)
UNION ALL
SELECT 'office' AS record_type, t.id
FROM office AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'office' AND c.canonical_id = t.id AND c.is_current
)
UNION ALL
SELECT 'tenure' AS record_type, t.id
FROM tenure AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'tenure' AND c.canonical_id = t.id AND c.is_current
)
UNION ALL
SELECT 'reform' AS record_type, t.id
FROM reform AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'reform' AND c.canonical_id = t.id AND c.is_current
)
UNION ALL
SELECT 'election' AS record_type, t.id
FROM election AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'election' AND c.canonical_id = t.id AND c.is_current
)
UNION ALL
SELECT 'statement' AS record_type, t.id
FROM statement AS t
WHERE NOT EXISTS (
    SELECT 1 FROM claim AS c WHERE c.record_type = 'statement' AND c.canonical_id = t.id AND c.is_current
)
