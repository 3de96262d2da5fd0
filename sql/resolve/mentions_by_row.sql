-- description: The mentions that were taken for some rows.
SELECT m.* FROM mention AS m WHERE m.canonical_id IN :ids ORDER BY m.id COLLATE "C"
