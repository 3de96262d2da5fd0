-- description: Those of some documents of which a text was read. `:ids` are keys of documents, with a space between two.
SELECT DISTINCT v.document_id
FROM document_version AS v
INNER JOIN extraction AS x ON x.document_version_id = v.id
WHERE v.document_id IN (SELECT unnest(string_to_array(CAST(:ids AS VARCHAR), ' ')))
