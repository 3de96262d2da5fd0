-- description: Take the rows with the staged keys out of their table.
DELETE FROM {table} AS target
USING {staged} AS source
WHERE {same_key}
