-- description: Runs that never said how they ended.
SELECT * FROM extraction_run WHERE status = 'running' ORDER BY id COLLATE "C"
