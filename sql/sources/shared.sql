-- description: Documents that several sources list.
SELECT
    d.uri,
    count(*) AS sources
FROM source_document AS s
INNER JOIN document AS d ON s.document_id = d.id
WHERE s.listed_by IS NOT NULL AND s.source_id IN :source_ids
GROUP BY d.uri
HAVING count(*) > 1
