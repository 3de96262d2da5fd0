-- description: The fields of which sources differ: those that the view conflicts shows.
SELECT s.row_id || CHR(31) || s.field || CHR(31) || s.part AS key, 0 AS digest
FROM field_standing AS s
WHERE s.sources_differing > 0
