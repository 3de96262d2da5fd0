-- description: The texts of which a draft or a value was refused because a reviewer had rejected it.
SELECT DISTINCT x.document_version_id AS id
FROM quarantine AS q
INNER JOIN extraction AS x ON x.id = q.extraction_id
WHERE q.reason = 'rule_violated' AND substr(q.detail, 1, 12) = 'rejected by ' AND x.status <> 'superseded'
ORDER BY x.document_version_id
