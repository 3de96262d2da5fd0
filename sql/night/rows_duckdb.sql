-- description: Every row of a table as its key and a digest of all that it holds.
SELECT t.id AS key, hash(t) AS digest FROM {table} AS t
