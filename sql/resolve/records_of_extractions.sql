-- description: The records that some extractions made.
SELECT r.* FROM record AS r WHERE r.extraction_id IN :ids ORDER BY r.id COLLATE "C"
