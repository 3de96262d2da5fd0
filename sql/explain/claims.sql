-- description: The claims of anything that has an id, with their quotes in context: a row, a record, a claim, a span,
-- a document, a version of it, an extraction or a run.
SELECT
    c.id,
    c.record_type,
    c.canonical_id,
    c.field,
    c.value,
    c.original_value,
    c.modality,
    c.basis,
    c.confidence,
    c.is_current,
    x.extractor,
    x.provider,
    x.model,
    x.fingerprint_prompt AS prompt,
    x.extracted_at,
    x.run_id,
    SUBSTR(
        v.text,
        CAST(GREATEST(e.start_char - :width, 0) + 1 AS INTEGER),
        CAST(e.start_char - GREATEST(e.start_char - :width, 0) AS INTEGER)
    ) AS before,
    e.quote,
    SUBSTR(v.text, CAST(e.end_char + 1 AS INTEGER), CAST(:width AS INTEGER)) AS after,
    e.start_char,
    e.end_char,
    e.match,
    v.title,
    d.uri,
    d.publisher,
    v.published_edtf
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
INNER JOIN extraction AS x ON x.id = r.extraction_id
INNER JOIN claim_evidence AS ce ON ce.claim_id = c.id
INNER JOIN evidence AS e ON e.id = ce.evidence_id
INNER JOIN document_version AS v ON v.id = e.document_version_id
INNER JOIN document AS d ON d.id = v.document_id
WHERE :id IN (c.id, c.record_id, c.canonical_id, e.id, v.id, d.id, x.id, x.run_id)
ORDER BY
    c.is_current DESC,
    c.record_type COLLATE "C",
    c.canonical_id COLLATE "C" NULLS LAST,
    c.field COLLATE "C",
    v.published_earliest NULLS LAST,
    c.id COLLATE "C",
    ce.ordinal,
    e.id COLLATE "C"
