-- description: The schemas of Polidex that are there, and who owns them.
SELECT nspname AS schema, pg_get_userbyid(nspowner) AS owner
FROM pg_catalog.pg_namespace
WHERE nspname IN ('public', 'analytics')
ORDER BY nspname DESC
