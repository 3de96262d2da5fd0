-- description: All questions of a batch, and what each took.
SELECT r.id, r.state, r."usage" FROM batch_request AS r WHERE r.batch_id = :batch_id ORDER BY r.id COLLATE "C"
