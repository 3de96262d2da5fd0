-- description: A document that is known: when it was first met.
SELECT id, first_seen_at FROM document WHERE id = :id
