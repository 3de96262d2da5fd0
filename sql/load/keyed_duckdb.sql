-- description: How many rows are in tables with an index over their key.
SELECT COALESCE(SUM(estimated_size), 0)
FROM duckdb_tables()
WHERE has_primary_key AND database_name = current_database()
