-- description: The requests of a run whose row says what it has spent, those of its parts too.
DELETE FROM model_request WHERE run_id = :run_id OR run_id LIKE :run_id || '/%'
