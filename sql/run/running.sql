-- description: Runs of one machine that never said how they ended.
SELECT * FROM extraction_run WHERE status = 'running' AND host = :host ORDER BY id COLLATE "C"
