-- description: The replies of some readings, to see which of their parts failed. `:ids` are keys of readings.
SELECT id, raw_response FROM extraction
WHERE id IN (SELECT unnest(string_to_array(CAST(:ids AS VARCHAR), ' ')))
ORDER BY id COLLATE "C"
