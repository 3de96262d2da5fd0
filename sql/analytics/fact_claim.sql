-- description: Every value that a text gives, with its words, one row each.
CREATE VIEW analytics.fact_claim AS
SELECT
    s.claim_id,
    s.record_type,
    s.row_id,
    s.field,
    NULLIF(s.part, '') AS part,
    s.value,
    s.original_value,
    s.modality,
    s.basis,
    s.standing,
    s.quote,
    s.document_version_id,
    s.source_id,
    s.source_id <> s.document_version_id AS is_reprint,
    s.published_date,
    CASE WHEN s.record_type = 'person' THEN s.row_id END AS person_id,
    CASE WHEN s.record_type = 'organization' THEN s.row_id END AS organization_id,
    CASE WHEN s.record_type = 'office' THEN s.row_id END AS office_id,
    CASE WHEN s.record_type = 'tenure' THEN s.row_id END AS tenure_id,
    CASE WHEN s.record_type = 'reform' THEN s.row_id END AS reform_id,
    CASE WHEN s.record_type = 'election' THEN s.row_id END AS election_id,
    CASE WHEN s.record_type = 'statement' THEN s.row_id END AS statement_id
FROM {schema}.claim_standing AS s
WHERE s.span = 0 AND s.standing IS NOT NULL;

COMMENT ON VIEW analytics.fact_claim IS 'Where the values come from: one row per value that one text gives one field of one row, with the words that say so and how it stands to what the row holds. Sources that differ have a row each. Join on the key of the thing, such as tenure_id, and filter field.';
COMMENT ON COLUMN analytics.fact_claim.claim_id IS 'Key of the claim; polidex explain takes it.';
COMMENT ON COLUMN analytics.fact_claim.record_type IS 'What kind of thing it is about: person, organization, office, tenure, reform, election, statement.';
COMMENT ON COLUMN analytics.fact_claim.row_id IS 'Key of that thing, in the dimension or fact of its kind.';
COMMENT ON COLUMN analytics.fact_claim.field IS 'Which of its values, by the name of the column in the table of its kind, such as start; that of a part of the row with a dot, such as event.date or result.votes.';
COMMENT ON COLUMN analytics.fact_claim.part IS 'Which part of the row: the step of a reform, or the key of a contestant; empty for the row itself.';
COMMENT ON COLUMN analytics.fact_claim.value IS 'The value, as text: a date in EDTF, a key where it is another row.';
COMMENT ON COLUMN analytics.fact_claim.original_value IS 'The value as the source words it, where that differs.';
COMMENT ON COLUMN analytics.fact_claim.modality IS 'How the source puts it: asserted, planned, reported, opinion or negated.';
COMMENT ON COLUMN analytics.fact_claim.basis IS 'What the value rests on: stated, context, inferred, external or unknown.';
COMMENT ON COLUMN analytics.fact_claim.standing IS 'How it stands to the row: canonical (the row holds it), agrees (can be right together with it), differs (cannot), progress (a plan, or a status of its day), inferred (differs, but no source says it), reworded (words that nothing compares), denied, or absent (the row holds no such value). For disputes filter differs.';
COMMENT ON COLUMN analytics.fact_claim.quote IS 'The words that it rests on, exactly as they stand in the text; the first of them where there are several.';
COMMENT ON COLUMN analytics.fact_claim.document_version_id IS 'The text that says it. Joins dim_document.';
COMMENT ON COLUMN analytics.fact_claim.source_id IS 'The text that it was first printed as: COUNT(DISTINCT source_id) counts independent sources.';
COMMENT ON COLUMN analytics.fact_claim.is_reprint IS 'Whether another document printed the text first.';
COMMENT ON COLUMN analytics.fact_claim.published_date IS 'First day on which the text can have been published. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_claim.person_id IS 'row_id, where it is a person. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_claim.organization_id IS 'row_id, where it is an organization. Joins dim_organization.';
COMMENT ON COLUMN analytics.fact_claim.office_id IS 'row_id, where it is an office. Joins dim_office.';
COMMENT ON COLUMN analytics.fact_claim.tenure_id IS 'row_id, where it is a tenure. Joins fact_tenure.';
COMMENT ON COLUMN analytics.fact_claim.reform_id IS 'row_id, where it is a reform. Joins dim_reform.';
COMMENT ON COLUMN analytics.fact_claim.election_id IS 'row_id, where it is an election. Joins dim_election.';
COMMENT ON COLUMN analytics.fact_claim.statement_id IS 'row_id, where it is a statement. Joins fact_statement.';
