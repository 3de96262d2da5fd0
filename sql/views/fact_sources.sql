-- description: From any value to the words that it rests on, their article and the model that read it.
CREATE VIEW fact_sources AS
SELECT
    s.row_id,
    s.record_type,
    s.field,
    s.value,
    s.original_value,
    s.modality,
    s.basis,
    s.confidence,
    s.quote,
    s.start_char,
    s.end_char,
    s.match,
    v.title,
    d.uri AS url,
    d.publisher,
    v.published_edtf,
    s.published_date,
    x.provider,
    x.model,
    x.extractor,
    x.run_id,
    s.claim_id,
    s.record_id,
    s.span AS ordinal,
    s.document_version_id
FROM claim_standing AS s
-- Outer joins, though nothing is missing: where no column of theirs is asked for, Postgres leaves them out.
LEFT JOIN document_version AS v ON v.id = s.document_version_id
LEFT JOIN document AS d ON d.id = v.document_id
LEFT JOIN extraction AS x ON x.id = s.extraction_id
WHERE s.evidence_id IS NOT NULL;

COMMENT ON VIEW fact_sources IS 'Every current claim with the words that it rests on: one row per claim and quote. Sources that differ have a row each.';
COMMENT ON COLUMN fact_sources.row_id IS 'Key of the row that the claim speaks of, in the table named as record_type.';
COMMENT ON COLUMN fact_sources.record_type IS 'What kind of thing it is about, such as tenure.';
COMMENT ON COLUMN fact_sources.field IS 'Which column it gives.';
COMMENT ON COLUMN fact_sources.value IS 'The value, as text.';
COMMENT ON COLUMN fact_sources.original_value IS 'The value as the source words it, where that differs.';
COMMENT ON COLUMN fact_sources.modality IS 'How the source puts it: asserted, planned, reported, opinion or negated.';
COMMENT ON COLUMN fact_sources.basis IS 'What the value rests on: stated, context, inferred, external or unknown.';
COMMENT ON COLUMN fact_sources.confidence IS 'How sure, from 0 to 1; empty where nothing measured it.';
COMMENT ON COLUMN fact_sources.quote IS 'The words, equal to the stored text there.';
COMMENT ON COLUMN fact_sources.start_char IS 'Where the quote starts in the stored text, counted from 0.';
COMMENT ON COLUMN fact_sources.end_char IS 'One past the last character of the quote.';
COMMENT ON COLUMN fact_sources.match IS 'How the words that the model quoted were found: exact, normalised or fuzzy.';
COMMENT ON COLUMN fact_sources.title IS 'Headline of the article.';
COMMENT ON COLUMN fact_sources.url IS 'Address of the article.';
COMMENT ON COLUMN fact_sources.publisher IS 'Who published the article.';
COMMENT ON COLUMN fact_sources.published_edtf IS 'Date of publication (EDTF).';
COMMENT ON COLUMN fact_sources.published_date IS 'First day that the publication can be.';
COMMENT ON COLUMN fact_sources.provider IS 'Who ran the model.';
COMMENT ON COLUMN fact_sources.model IS 'The model that read the article.';
COMMENT ON COLUMN fact_sources.extractor IS 'The extractor that asked it.';
COMMENT ON COLUMN fact_sources.run_id IS 'Key of the run.';
COMMENT ON COLUMN fact_sources.claim_id IS 'Key of the claim; polidex explain takes it.';
COMMENT ON COLUMN fact_sources.record_id IS 'Key of the record that made the claim.';
COMMENT ON COLUMN fact_sources.ordinal IS 'Order of the quote among those of the claim, from 0.';
COMMENT ON COLUMN fact_sources.document_version_id IS 'Key of the text that start_char and end_char count in.';
