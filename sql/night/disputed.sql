-- description: The values that sources give for fields of some rows on which they differ.
SELECT c.row_id, c.record_type, c.field, COALESCE(c.part, '') AS part, c.value, c.is_canonical, c.sources
FROM conflicts AS c
WHERE c.row_id IN :ids
ORDER BY c.row_id COLLATE "C", c.field COLLATE "C", part COLLATE "C", c.is_canonical DESC, c.sources DESC, c.value COLLATE "C"
