-- description: Some mentions.
SELECT m.* FROM mention AS m WHERE m.id IN :ids ORDER BY m.id COLLATE "C"
