-- description: What is in one of two sets of rows only, and what is in both and not the same.
SELECT 'added' AS change, n.key FROM now AS n ANTI JOIN before AS b ON b.key = n.key
UNION ALL
SELECT 'withdrawn', b.key FROM before AS b ANTI JOIN now AS n ON n.key = b.key
UNION ALL
SELECT 'changed', n.key FROM now AS n INNER JOIN before AS b ON b.key = n.key WHERE b.digest <> n.digest
ORDER BY change, key
