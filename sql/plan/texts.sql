-- description: Some texts, to be cut. `:ids` are their keys, with a space between two.
SELECT * FROM document_version
WHERE id IN (SELECT unnest(string_to_array(CAST(:ids AS VARCHAR), ' ')))
ORDER BY id COLLATE "C"
