-- description: Every row of a table as its key and a digest of all that it holds.
SELECT t.id AS key, hashtextextended(CAST(t AS TEXT), 0) AS digest FROM {table} AS t
