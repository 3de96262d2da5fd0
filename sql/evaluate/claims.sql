-- description: What each document says of each row now: every current claim of a scored type, with each of its spans.
SELECT
    d.uri,
    COALESCE(r.canonical_id, r.id) AS finding,
    r.record_type,
    c.field,
    c.value,
    c.original_value,
    e.start_char,
    e.end_char
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
INNER JOIN claim_evidence AS ce ON ce.claim_id = c.id
INNER JOIN evidence AS e ON e.id = ce.evidence_id
INNER JOIN document_version AS v ON v.id = e.document_version_id
INNER JOIN document AS d ON d.id = v.document_id
WHERE c.is_current AND r.record_type IN ('person', 'tenure', 'election', 'reform', 'statement')
ORDER BY d.uri COLLATE "C", COALESCE(r.canonical_id, r.id) COLLATE "C", r.id COLLATE "C", c.field COLLATE "C", c.id COLLATE "C", ce.ordinal
