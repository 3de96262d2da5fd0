-- description: What all current extractions say of some rows, and of which texts they are.
SELECT
    r.id,
    r.record_type,
    r.mention_id,
    r.canonical_id,
    r.payload,
    v.id AS version_id,
    COALESCE(v.source_id, v.id) AS source_id,
    v.language,
    v.published_latest,
    v.published_earliest
FROM record AS r
INNER JOIN extraction AS x ON x.id = r.extraction_id
INNER JOIN document_version AS v ON v.id = x.document_version_id
WHERE r.canonical_id IN :ids AND x.status IN ('ok', 'partial')
ORDER BY r.id COLLATE "C"
