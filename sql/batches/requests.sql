-- description: The questions of a batch that still wait, of those named.
SELECT r.* FROM batch_request AS r WHERE r.batch_id = :batch_id AND r.id IN :ids
