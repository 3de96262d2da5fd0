-- description: The words by which some mentions are found.
SELECT b.block, b.mention_id FROM mention_block AS b WHERE b.mention_id IN :ids ORDER BY b.block COLLATE "C", b.mention_id COLLATE "C"
