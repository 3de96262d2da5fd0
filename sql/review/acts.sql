-- description: All that people decided about who is who, what they took back too.
SELECT d.* FROM resolver_decision AS d WHERE d.decided_by = 'user' ORDER BY d.created_at, d.id COLLATE "C"
