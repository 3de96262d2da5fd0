-- description: A key has one row, also where DuckDB has no index that would see to it.
SELECT 'text_band' AS what, band || ' ' || document_version_id AS id, count(*) AS times
FROM text_band
GROUP BY band, document_version_id
HAVING count(*) > 1
UNION ALL
SELECT 'record' AS what, id AS id, count(*) AS times
FROM record
GROUP BY id
HAVING count(*) > 1
UNION ALL
SELECT 'evidence' AS what, id AS id, count(*) AS times
FROM evidence
GROUP BY id
HAVING count(*) > 1
UNION ALL
SELECT 'claim' AS what, id AS id, count(*) AS times
FROM claim
GROUP BY id
HAVING count(*) > 1
UNION ALL
SELECT 'claim_evidence' AS what, claim_id || ' ' || evidence_id AS id, count(*) AS times
FROM claim_evidence
GROUP BY claim_id, evidence_id
HAVING count(*) > 1
UNION ALL
SELECT 'mention' AS what, id AS id, count(*) AS times
FROM mention
GROUP BY id
HAVING count(*) > 1
UNION ALL
SELECT 'mention_block' AS what, block || ' ' || mention_id AS id, count(*) AS times
FROM mention_block
GROUP BY block, mention_id
HAVING count(*) > 1
UNION ALL
SELECT 'claim_standing' AS what, claim_id || ' ' || CAST(span AS VARCHAR) AS id, count(*) AS times
FROM claim_standing
GROUP BY claim_id, span
HAVING count(*) > 1
UNION ALL
SELECT 'field_standing' AS what, row_id || ' ' || field || ' ' || part AS id, count(*) AS times
FROM field_standing
GROUP BY row_id, field, part
HAVING count(*) > 1
UNION ALL
SELECT 'row_standing' AS what, row_id AS id, count(*) AS times
FROM row_standing
GROUP BY row_id
HAVING count(*) > 1
UNION ALL
SELECT 'source_document' AS what, source_id || ' ' || document_id AS id, count(*) AS times
FROM source_document
GROUP BY source_id, document_id
HAVING count(*) > 1
