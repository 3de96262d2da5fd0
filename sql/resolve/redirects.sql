-- description: The keys that are gone among some, and those that lead to one of them.
SELECT r.* FROM redirect AS r WHERE r.id IN :ids OR r.target_id IN :ids ORDER BY r.id COLLATE "C"
