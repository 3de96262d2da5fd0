-- description: Where sources differ: fields of which two values cannot both be right, one row per value.
CREATE VIEW conflicts AS
SELECT
    t.row_id,
    t.record_type,
    t.field,
    NULLIF(t.part, '') AS part,
    t.value,
    MAX(CASE WHEN t.standing = 'canonical' THEN 1 ELSE 0 END) = 1 AS is_canonical,
    MAX(CASE WHEN t.standing = 'differs' THEN 1 ELSE 0 END) = 0 AS agrees,
    COUNT(DISTINCT t.source_id) AS sources,
    COUNT(DISTINCT t.document_version_id) AS documents,
    MIN(t.published_date) AS first_published,
    MAX(t.published_date) AS last_published,
    f.sources AS sources_of_field
FROM field_standing AS f
INNER JOIN claim_standing AS t ON t.row_id = f.row_id AND t.field = f.field AND t.part = f.part
WHERE f.sources_differing > 0 AND t.span = 0 AND t.standing IN ('canonical', 'agrees', 'differs')
GROUP BY t.row_id, t.record_type, t.field, t.part, t.value, f.sources;

COMMENT ON VIEW conflicts IS 'Fields of which sources give values that cannot both be right, one row per value. A date or number that another only gives more precisely is no conflict, nor is a plan and what came of it.';
COMMENT ON COLUMN conflicts.row_id IS 'Key of the row, in the table named as record_type; polidex explain takes it.';
COMMENT ON COLUMN conflicts.record_type IS 'What kind of thing it is about, such as reform.';
COMMENT ON COLUMN conflicts.field IS 'Which column; that of a part of the row with a dot, such as measure.value_new.';
COMMENT ON COLUMN conflicts.part IS 'Which part of the row: the step of a reform, or the key of a contestant; empty for the row itself.';
COMMENT ON COLUMN conflicts.value IS 'One of the values that are given, as text.';
COMMENT ON COLUMN conflicts.is_canonical IS 'Whether it is the value that the row holds.';
COMMENT ON COLUMN conflicts.agrees IS 'Whether it can be right together with the value that the row holds.';
COMMENT ON COLUMN conflicts.sources IS 'How many independent sources give this value; an article and its reprints are one.';
COMMENT ON COLUMN conflicts.documents IS 'How many texts give this value, reprints too.';
COMMENT ON COLUMN conflicts.first_published IS 'First day that the first publication of the value can be.';
COMMENT ON COLUMN conflicts.last_published IS 'First day that the last publication of the value can be.';
COMMENT ON COLUMN conflicts.sources_of_field IS 'How many independent sources give any of the values; 1 when one source contradicts itself.';
