-- description: The texts of a list that is given as one JSON text.
(SELECT json_array_elements_text(CAST(:keys AS json)) AS key)
