-- description: The claims whose value is the row of one of some mentions, with the row that they speak of.
SELECT c.* FROM claim AS c WHERE c.refers_to IN :ids ORDER BY c.id COLLATE "C"
