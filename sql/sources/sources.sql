-- description: What is polled for documents, and how far it was read.
SELECT
    id,
    parent_id,
    kind,
    location,
    name,
    stamp,
    etag,
    last_modified,
    outcome,
    error
FROM source
ORDER BY id COLLATE "C"
