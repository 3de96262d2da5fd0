-- description: The requests of a run whose row says what it has spent, those of its parts too.
DELETE FROM model_request
WHERE
    run_id = :run_id
    OR substr(run_id, 1, length(CAST(:run_id AS VARCHAR)) + 1) = CAST(:run_id AS VARCHAR) || '/'
