-- description: An attempt to read that is recorded already.
SELECT id FROM "fetch" WHERE id = :id
