-- description: What was decided or left open about a row and another.
SELECT d.id, d.judgement, d.method, d.score, d.decided_by, d.user_name, d.created_at, d.left_id, d.right_id
FROM resolver_decision AS d
WHERE d.deleted_at IS NULL AND (:id IN (d.left_id, d.right_id))
ORDER BY d.created_at, d.id COLLATE "C"
