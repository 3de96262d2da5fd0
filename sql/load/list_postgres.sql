-- description: The texts of a list, given as one value: the statement is one however many there are.
CAST(:{name} AS text[])
