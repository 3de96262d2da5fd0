-- description: Documents that are known: when each was first met.
SELECT id, first_seen_at FROM document WHERE id IN :ids ORDER BY id COLLATE "C"
