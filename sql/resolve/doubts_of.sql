-- description: The pairs left open by a rule that speak of some rows.
SELECT d.*
FROM resolver_decision AS d
WHERE d.decided_by = 'rule' AND (d.left_id IN :ids OR d.right_id IN :ids)
ORDER BY d.id COLLATE "C"
