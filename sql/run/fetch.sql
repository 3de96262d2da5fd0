-- description: Attempts to read that are recorded already.
SELECT id FROM "fetch" WHERE id IN :ids ORDER BY id COLLATE "C"
