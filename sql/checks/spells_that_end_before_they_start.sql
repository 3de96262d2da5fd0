-- description: No spell in office ends before it starts.
SELECT t.id, t.start_edtf, t.end_edtf
FROM tenure AS t
WHERE t.end_latest < t.start_earliest
