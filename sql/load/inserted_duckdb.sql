-- description: A number that grows by one with each row that is inserted: how many there are, which DuckDB knows.
SELECT count(*) FROM {table}
