-- description: Those of some extractions that have questions in a batch.
SELECT DISTINCT r.extraction_id FROM batch_request AS r WHERE r.extraction_id IN :ids
