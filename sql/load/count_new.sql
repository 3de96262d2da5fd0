-- description: How many of the staged rows have a key that their table does not hold yet.
SELECT count(*)
FROM {staged} AS source
WHERE NOT EXISTS (SELECT 1 FROM {table} AS target WHERE {same_key})
