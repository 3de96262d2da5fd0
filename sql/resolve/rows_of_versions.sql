-- description: The rows that rest on some texts.
SELECT DISTINCT r.canonical_id COLLATE "C" AS canonical_id
FROM record AS r
INNER JOIN extraction AS x ON x.id = r.extraction_id
WHERE x.document_version_id IN :ids AND x.status IN ('ok', 'partial') AND r.canonical_id IS NOT NULL
ORDER BY canonical_id
