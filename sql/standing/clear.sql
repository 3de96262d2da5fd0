-- description: Forget everything that is summed up.
DELETE FROM claim_standing;
DELETE FROM field_standing;
DELETE FROM row_standing
