-- description: The texts of a list that is given as one JSON text.
(SELECT unnest(from_json(:keys, '["VARCHAR"]')) AS key)
