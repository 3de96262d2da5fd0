-- description: A place for the keys of the rows that are to be worked out anew; of what is not resolved, of its record.
CREATE TEMPORARY TABLE IF NOT EXISTS touched_row (row_id VARCHAR PRIMARY KEY);
DELETE FROM touched_row
