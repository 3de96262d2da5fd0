-- description: The same for a table whose staged columns are all part of its key: there is nothing to update.
MERGE INTO {table} AS target
USING {staged} AS source
ON {same_key}
WHEN NOT MATCHED THEN INSERT ({columns}) VALUES ({values})
