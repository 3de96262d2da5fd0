-- description: Rows of a table in the order of their keys, which is that of code points on both databases.
SELECT {columns}
FROM {table}
WHERE {within}
ORDER BY {keys}
