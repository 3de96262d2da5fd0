-- description: Whether any question waits in a batch.
SELECT r.id FROM batch_request AS r LIMIT 1
