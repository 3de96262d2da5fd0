-- description: Work out anew what is summed up about the rows in touched_row.
DELETE FROM claim_standing AS s USING touched_row AS a WHERE s.row_id = a.row_id;
DELETE FROM claim_standing AS s USING touched_row AS a WHERE s.row_id IS NULL AND s.record_id = a.row_id;
DELETE FROM field_standing AS s USING touched_row AS a WHERE s.row_id = a.row_id;
DELETE FROM row_standing AS s USING touched_row AS a WHERE s.row_id = a.row_id;
INSERT INTO claim_standing ({claim_columns})
{claim};
INSERT INTO field_standing ({field_columns})
{field};
INSERT INTO row_standing ({row_columns})
{row};
