-- description: The mentions that share a block with a new one: all that can be the same thing.
SELECT m.*
FROM mention AS m
WHERE m.id IN (SELECT b.mention_id FROM mention_block AS b WHERE b.block IN :blocks)
ORDER BY m.id COLLATE "C"
