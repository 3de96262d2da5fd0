-- description: The texts with a current claim of a content.
SELECT DISTINCT x.document_version_id AS id
FROM claim AS c
INNER JOIN record AS r ON r.id = c.record_id
INNER JOIN extraction AS x ON x.id = r.extraction_id
WHERE c.content_key IN :keys AND x.status <> 'superseded'
