-- description: The questions of some extractions.
SELECT r.* FROM batch_request AS r WHERE r.extraction_id IN :ids ORDER BY r.extraction_id COLLATE "C", r.start_char
