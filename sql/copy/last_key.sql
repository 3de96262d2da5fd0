-- description: The greatest key of a table, by code points.
SELECT {columns}
FROM {table}
ORDER BY {downward}
LIMIT 1
