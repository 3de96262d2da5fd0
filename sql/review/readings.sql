-- description: The readings of a text that count.
SELECT x.* FROM extraction AS x WHERE x.document_version_id = :version_id AND x.status <> 'superseded' ORDER BY x.id COLLATE "C"
