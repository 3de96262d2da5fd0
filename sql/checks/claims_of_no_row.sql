-- description: The row that a current claim speaks of is there.
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'person' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM person AS t WHERE t.id = c.canonical_id)
UNION ALL
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'organization' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM organization AS t WHERE t.id = c.canonical_id)
UNION ALL
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'office' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM office AS t WHERE t.id = c.canonical_id)
UNION ALL
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'tenure' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM tenure AS t WHERE t.id = c.canonical_id)
UNION ALL
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'reform' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reform AS t WHERE t.id = c.canonical_id)
UNION ALL
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'election' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM election AS t WHERE t.id = c.canonical_id)
UNION ALL
SELECT c.id, c.record_type, c.canonical_id
FROM claim AS c
WHERE
    c.is_current AND c.record_type = 'statement' AND c.canonical_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM statement AS t WHERE t.id = c.canonical_id)
