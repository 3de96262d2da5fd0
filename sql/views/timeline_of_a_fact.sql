-- description: Every value that a document gives a field: who claimed it when, and how it stands to the row analysts see.
CREATE VIEW timeline_of_a_fact AS
SELECT
    s.row_id,
    s.record_type,
    s.field,
    NULLIF(s.part, '') AS part,
    s.value,
    s.original_value,
    s.modality,
    s.basis,
    s.standing,
    d.publisher,
    v.title,
    d.uri AS url,
    v.published_edtf,
    s.published_date,
    s.first_seen,
    s.place AS ordinal,
    s.source_id,
    s.source_id <> s.document_version_id AS is_reprint,
    s.document_version_id,
    s.claim_id
FROM claim_standing AS s
-- Outer joins, though nothing is missing: where no column of theirs is asked for, Postgres leaves them out.
LEFT JOIN document_version AS v ON v.id = s.document_version_id
LEFT JOIN document AS d ON d.id = v.document_id
WHERE s.span = 0 AND s.standing IS NOT NULL;

COMMENT ON VIEW timeline_of_a_fact IS 'Every current claim about every field of a row: which value was given when and by whom, and how it stands to what the row holds.';
COMMENT ON COLUMN timeline_of_a_fact.row_id IS 'Key of the row that the claim speaks of, in the table named as record_type.';
COMMENT ON COLUMN timeline_of_a_fact.record_type IS 'What kind of thing it is about, such as tenure.';
COMMENT ON COLUMN timeline_of_a_fact.field IS 'Which column it gives; that of a part of the row with a dot, such as event.date.';
COMMENT ON COLUMN timeline_of_a_fact.part IS 'Which part of the row: the step of a reform, or the key of a contestant; empty for the row itself.';
COMMENT ON COLUMN timeline_of_a_fact.value IS 'The value, as text.';
COMMENT ON COLUMN timeline_of_a_fact.original_value IS 'The value as the source words it, where that differs.';
COMMENT ON COLUMN timeline_of_a_fact.modality IS 'How the source puts it: asserted, planned, reported, opinion or negated.';
COMMENT ON COLUMN timeline_of_a_fact.basis IS 'What the value rests on: stated, context, inferred, external or unknown.';
COMMENT ON COLUMN timeline_of_a_fact.standing IS 'How it stands to the row: canonical (the row holds it), agrees (can be right together with it), differs (cannot), progress (a plan, or a status of its day), inferred (differs, but no source says it), reworded (words that nothing compares), denied, or absent (the row holds no such value).';
COMMENT ON COLUMN timeline_of_a_fact.publisher IS 'Who published the article.';
COMMENT ON COLUMN timeline_of_a_fact.title IS 'Headline of the article.';
COMMENT ON COLUMN timeline_of_a_fact.url IS 'Address of the article.';
COMMENT ON COLUMN timeline_of_a_fact.published_edtf IS 'Date of publication (EDTF).';
COMMENT ON COLUMN timeline_of_a_fact.published_date IS 'First day that the publication can be.';
COMMENT ON COLUMN timeline_of_a_fact.first_seen IS 'First day that the first publication of this value can be.';
COMMENT ON COLUMN timeline_of_a_fact.ordinal IS 'Order of publication among the claims about the field, from 1.';
COMMENT ON COLUMN timeline_of_a_fact.source_id IS 'The text that the article was first printed as: an article and its reprints have one.';
COMMENT ON COLUMN timeline_of_a_fact.is_reprint IS 'Whether another document printed the text first.';
COMMENT ON COLUMN timeline_of_a_fact.document_version_id IS 'Key of the text.';
COMMENT ON COLUMN timeline_of_a_fact.claim_id IS 'Key of the claim; polidex explain takes it.';
