-- description: Readings that are stored, with their replies; those too that a later one replaced: they count again.
SELECT * FROM extraction WHERE id IN :ids ORDER BY id COLLATE "C"
