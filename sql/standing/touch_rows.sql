-- description: Rows whose keys are given.
INSERT INTO touched_row SELECT DISTINCT k.key FROM {keys} AS k ON CONFLICT DO NOTHING
