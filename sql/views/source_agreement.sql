-- description: How many independent sources agree with each value that analysts see, and how many differ.
CREATE VIEW source_agreement AS
SELECT
    row_id,
    record_type,
    field,
    NULLIF(part, '') AS part,
    sources,
    sources_agreeing,
    sources_differing,
    CAST(sources_agreeing AS DOUBLE PRECISION) / sources AS share_agreeing,
    first_published,
    last_published
FROM field_standing;

COMMENT ON VIEW source_agreement IS 'For each field of each row how many independent sources give the value that analysts see or one that agrees with it, and how many one that cannot be right with it.';
COMMENT ON COLUMN source_agreement.row_id IS 'Key of the row, in the table named as record_type.';
COMMENT ON COLUMN source_agreement.record_type IS 'What kind of thing it is about, such as tenure.';
COMMENT ON COLUMN source_agreement.field IS 'Which column; that of a part of the row with a dot, such as event.date.';
COMMENT ON COLUMN source_agreement.part IS 'Which part of the row: the step of a reform, or the key of a contestant; empty for the row itself.';
COMMENT ON COLUMN source_agreement.sources IS 'How many independent sources say something of it that can be compared; an article and its reprints are one.';
COMMENT ON COLUMN source_agreement.sources_agreeing IS 'How many of them agree with the row.';
COMMENT ON COLUMN source_agreement.sources_differing IS 'How many of them give a value that cannot be right together with that of the row.';
COMMENT ON COLUMN source_agreement.share_agreeing IS 'The share that agrees, from 0 to 1.';
COMMENT ON COLUMN source_agreement.first_published IS 'First day that the first publication can be.';
COMMENT ON COLUMN source_agreement.last_published IS 'First day that the last publication can be.';
