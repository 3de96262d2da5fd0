-- description: The readings of some documents that still count, of every version of them.
SELECT x.*, v.document_id
FROM extraction AS x
INNER JOIN document_version AS v ON v.id = x.document_version_id
WHERE v.document_id IN :ids AND x.status <> 'superseded'
ORDER BY x.id COLLATE "C"
