-- description: The documents that were withdrawn, or are no longer where they were.
SELECT d.id AS key, 0 AS digest FROM document AS d WHERE d.retracted_at IS NOT NULL
