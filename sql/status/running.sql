-- description: Where the runs work that did not say how they ended.
SELECT r.id AS run_id, r.command, r.host, r.pid FROM extraction_run AS r WHERE r.status = 'running' ORDER BY r.id COLLATE "C"
