-- description: The readings of a document that still count, of every version of it.
SELECT x.*
FROM extraction AS x
INNER JOIN document_version AS v ON v.id = x.document_version_id
WHERE v.document_id = :document_id AND x.status <> 'superseded'
ORDER BY x.id COLLATE "C"
