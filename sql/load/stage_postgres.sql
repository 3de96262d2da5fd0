-- description: An empty place for the rows that are on their way into a table, without its constraints.
CREATE TEMPORARY TABLE {staged} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA
