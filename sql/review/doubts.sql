-- description: Pairs of rows that may be one thing and that no rule could decide, the likest first.
SELECT
    d.id,
    d.record_type,
    d.left_id,
    (SELECT MIN(m.label COLLATE "C") FROM mention AS m WHERE m.canonical_id = d.left_id AND m.joined_to IS NULL) AS left_name,
    d.right_id,
    (SELECT MIN(m.label COLLATE "C") FROM mention AS m WHERE m.canonical_id = d.right_id AND m.joined_to IS NULL) AS right_name,
    d.method,
    d.score
FROM resolver_decision AS d
WHERE d.judgement = 'unsure' AND d.decided_by = 'rule' AND d.deleted_at IS NULL
ORDER BY d.score DESC NULLS LAST, d.id COLLATE "C"
