-- description: The requests of a run whose row says what it has spent.
DELETE FROM model_request WHERE run_id = :run_id
