-- description: Put the staged rows into their table; a row that says nothing new is not written.
MERGE INTO {table} AS target
USING {staged} AS source
ON {same_key}
WHEN MATCHED AND ({differs}) THEN UPDATE SET {assignments}
WHEN NOT MATCHED THEN INSERT ({columns}) VALUES ({values})
