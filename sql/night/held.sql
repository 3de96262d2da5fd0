-- description: The readings that nights which were held back have stored, and of which nothing was loaded since.
SELECT x.id
FROM extraction AS x
INNER JOIN night_report AS n ON n.run_id = x.run_id
WHERE n.gate = 'held' AND x.checked_with IS NULL AND x.status <> 'superseded'
ORDER BY x.id COLLATE "C"
