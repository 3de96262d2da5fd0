-- description: When the last run that went through ended.
SELECT MAX(finished_at) FROM run_costs WHERE status = 'finished'
