-- description: All that any reading said of some mentions.
SELECT r.* FROM record AS r WHERE r.mention_id IN :ids ORDER BY r.id COLLATE "C"
