-- description: How far all rows have been worked out; nothing when all have been.
SELECT MAX(row_id COLLATE "C") FROM touched_row
