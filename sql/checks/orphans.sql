-- description: Every key that points at a row of another table finds it. DuckDB is not told of foreign keys.
SELECT 'batch_request.batch_id' AS link, t.id AS id, t.batch_id AS points_at
FROM batch_request AS t
WHERE t.batch_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM provider_batch AS o WHERE o.id = t.batch_id)
UNION ALL
SELECT 'batch_request.document_version_id' AS link, t.id AS id, t.document_version_id AS points_at
FROM batch_request AS t
WHERE t.document_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_version AS o WHERE o.id = t.document_version_id)
UNION ALL
SELECT 'claim.record_id' AS link, t.id AS id, t.record_id AS points_at
FROM claim AS t
WHERE t.record_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record AS o WHERE o.id = t.record_id)
UNION ALL
SELECT 'claim_evidence.claim_id' AS link, t.claim_id AS id, t.claim_id AS points_at
FROM claim_evidence AS t
WHERE t.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claim AS o WHERE o.id = t.claim_id)
UNION ALL
SELECT 'claim_evidence.evidence_id' AS link, t.claim_id AS id, t.evidence_id AS points_at
FROM claim_evidence AS t
WHERE t.evidence_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence AS o WHERE o.id = t.evidence_id)
UNION ALL
SELECT 'document_version.document_id' AS link, t.id AS id, t.document_id AS points_at
FROM document_version AS t
WHERE t.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document AS o WHERE o.id = t.document_id)
UNION ALL
SELECT 'election.body_id' AS link, t.id AS id, t.body_id AS points_at
FROM election AS t
WHERE t.body_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organization AS o WHERE o.id = t.body_id)
UNION ALL
SELECT 'election.office_id' AS link, t.id AS id, t.office_id AS points_at
FROM election AS t
WHERE t.office_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM office AS o WHERE o.id = t.office_id)
UNION ALL
SELECT 'election_result.person_id' AS link, t.id AS id, t.person_id AS points_at
FROM election_result AS t
WHERE t.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person AS o WHERE o.id = t.person_id)
UNION ALL
SELECT 'election_result.party_id' AS link, t.id AS id, t.party_id AS points_at
FROM election_result AS t
WHERE t.party_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organization AS o WHERE o.id = t.party_id)
UNION ALL
SELECT 'election_result.election_id' AS link, t.id AS id, t.election_id AS points_at
FROM election_result AS t
WHERE t.election_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM election AS o WHERE o.id = t.election_id)
UNION ALL
SELECT 'document_version.source_id' AS link, t.id AS id, t.source_id AS points_at
FROM document_version AS t
WHERE t.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_version AS o WHERE o.id = t.source_id)
UNION ALL
SELECT 'text_band.document_version_id' AS link, t.document_version_id AS id, t.document_version_id AS points_at
FROM text_band AS t
WHERE NOT EXISTS (SELECT 1 FROM document_version AS o WHERE o.id = t.document_version_id)
UNION ALL
SELECT 'evidence.document_version_id' AS link, t.id AS id, t.document_version_id AS points_at
FROM evidence AS t
WHERE t.document_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_version AS o WHERE o.id = t.document_version_id)
UNION ALL
SELECT 'extraction.document_version_id' AS link, t.id AS id, t.document_version_id AS points_at
FROM extraction AS t
WHERE t.document_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_version AS o WHERE o.id = t.document_version_id)
UNION ALL
SELECT 'extraction.run_id' AS link, t.id AS id, t.run_id AS points_at
FROM extraction AS t
WHERE t.run_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM extraction_run AS o WHERE o.id = t.run_id)
UNION ALL
SELECT 'fetch.document_id' AS link, t.id AS id, t.document_id AS points_at
FROM "fetch" AS t
WHERE t.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document AS o WHERE o.id = t.document_id)
UNION ALL
SELECT 'mention.document_id' AS link, t.id AS id, t.document_id AS points_at
FROM mention AS t
WHERE t.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document AS o WHERE o.id = t.document_id)
UNION ALL
SELECT 'mention_block.mention_id' AS link, t.mention_id AS id, t.mention_id AS points_at
FROM mention_block AS t
WHERE t.mention_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mention AS o WHERE o.id = t.mention_id)
UNION ALL
SELECT 'office.organization_id' AS link, t.id AS id, t.organization_id AS points_at
FROM office AS t
WHERE t.organization_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organization AS o WHERE o.id = t.organization_id)
UNION ALL
SELECT 'organization.parent_id' AS link, t.id AS id, t.parent_id AS points_at
FROM organization AS t
WHERE t.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organization AS o WHERE o.id = t.parent_id)
UNION ALL
SELECT 'person_name.person_id' AS link, t.id AS id, t.person_id AS points_at
FROM person_name AS t
WHERE t.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person AS o WHERE o.id = t.person_id)
UNION ALL
SELECT 'quarantine.extraction_id' AS link, t.id AS id, t.extraction_id AS points_at
FROM quarantine AS t
WHERE t.extraction_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM extraction AS o WHERE o.id = t.extraction_id)
UNION ALL
SELECT 'record.extraction_id' AS link, t.id AS id, t.extraction_id AS points_at
FROM record AS t
WHERE t.extraction_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM extraction AS o WHERE o.id = t.extraction_id)
UNION ALL
SELECT 'reform.parent_id' AS link, t.id AS id, t.parent_id AS points_at
FROM reform AS t
WHERE t.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reform AS o WHERE o.id = t.parent_id)
UNION ALL
SELECT 'reform_event.election_id' AS link, t.id AS id, t.election_id AS points_at
FROM reform_event AS t
WHERE t.election_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM election AS o WHERE o.id = t.election_id)
UNION ALL
SELECT 'reform_event.reform_id' AS link, t.id AS id, t.reform_id AS points_at
FROM reform_event AS t
WHERE t.reform_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reform AS o WHERE o.id = t.reform_id)
UNION ALL
SELECT 'reform_measure.target_office_id' AS link, t.id AS id, t.target_office_id AS points_at
FROM reform_measure AS t
WHERE t.target_office_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM office AS o WHERE o.id = t.target_office_id)
UNION ALL
SELECT 'reform_measure.reform_id' AS link, t.id AS id, t.reform_id AS points_at
FROM reform_measure AS t
WHERE t.reform_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reform AS o WHERE o.id = t.reform_id)
UNION ALL
SELECT 'statement.document_version_id' AS link, t.id AS id, t.document_version_id AS points_at
FROM statement AS t
WHERE t.document_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_version AS o WHERE o.id = t.document_version_id)
UNION ALL
SELECT 'statement.speaker_id' AS link, t.id AS id, t.speaker_id AS points_at
FROM statement AS t
WHERE t.speaker_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person AS o WHERE o.id = t.speaker_id)
UNION ALL
SELECT 'tenure.person_id' AS link, t.id AS id, t.person_id AS points_at
FROM tenure AS t
WHERE t.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person AS o WHERE o.id = t.person_id)
UNION ALL
SELECT 'tenure.office_id' AS link, t.id AS id, t.office_id AS points_at
FROM tenure AS t
WHERE t.office_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM office AS o WHERE o.id = t.office_id)
UNION ALL
SELECT 'tenure.party_id' AS link, t.id AS id, t.party_id AS points_at
FROM tenure AS t
WHERE t.party_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organization AS o WHERE o.id = t.party_id)
UNION ALL
SELECT 'source.parent_id' AS link, t.id AS id, t.parent_id AS points_at
FROM source AS t
WHERE t.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM source AS o WHERE o.id = t.parent_id)
UNION ALL
SELECT 'source_document.source_id' AS link, t.document_id AS id, t.source_id AS points_at
FROM source_document AS t
WHERE NOT EXISTS (SELECT 1 FROM source AS o WHERE o.id = t.source_id)
UNION ALL
SELECT 'source_document.document_id' AS link, t.document_id AS id, t.document_id AS points_at
FROM source_document AS t
WHERE NOT EXISTS (SELECT 1 FROM document AS o WHERE o.id = t.document_id)
UNION ALL
SELECT 'source_document.listed_by' AS link, t.document_id AS id, t.listed_by AS points_at
FROM source_document AS t
WHERE t.listed_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM source AS o WHERE o.id = t.listed_by)
UNION ALL
SELECT 'night_report.run_id' AS link, t.run_id AS id, t.run_id AS points_at
FROM night_report AS t
WHERE NOT EXISTS (SELECT 1 FROM extraction_run AS o WHERE o.id = t.run_id)
