-- description: What people decided about who is who, and hold to.
SELECT d.* FROM resolver_decision AS d WHERE d.decided_by = 'user' AND d.deleted_at IS NULL ORDER BY d.created_at, d.id COLLATE "C"
