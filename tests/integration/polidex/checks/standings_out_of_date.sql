DELETE FROM row_standing
