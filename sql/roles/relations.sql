-- description: The tables and views in the schemas of Polidex, and who owns them.
SELECT
    n.nspname AS schema,
    c.relname AS name,
    c.relkind IN ('v', 'm') AS is_view,
    pg_get_userbyid(c.relowner) AS owner
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname IN ('public', 'analytics')
ORDER BY n.nspname, c.relname
