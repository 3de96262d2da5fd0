-- description: The documents that a source listed, and the state in which each was last read.
SELECT
    d.uri,
    s.listed_by,
    s.stamp,
    s.etag,
    s.last_modified,
    s.digest,
    s.outcome
FROM source_document AS s
INNER JOIN document AS d ON s.document_id = d.id
WHERE s.source_id = :source_id
