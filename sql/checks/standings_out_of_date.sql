-- description: What is summed up of the claims is what working it all out anew gives.
-- What stands in braces are the statements of sql/standing/ that work it out with each load.
WITH touched_row AS (
    SELECT DISTINCT COALESCE(c.canonical_id, c.record_id) AS row_id
    FROM claim AS c
    WHERE c.is_current
),

claim_now AS (
    {claim}
),

field_now AS (
    {field}
),

row_now AS (
    {row}
)

SELECT 'claim_standing' AS what, w.claim_id AS id
FROM (SELECT {claim_columns} FROM claim_now EXCEPT SELECT {claim_columns} FROM claim_standing) AS w
UNION ALL
SELECT 'claim_standing' AS what, w.claim_id AS id
FROM (SELECT claim_id, span FROM claim_standing EXCEPT SELECT claim_id, span FROM claim_now) AS w
UNION ALL
SELECT 'field_standing' AS what, w.row_id AS id
FROM (SELECT {field_columns} FROM field_now EXCEPT SELECT {field_columns} FROM field_standing) AS w
UNION ALL
SELECT 'field_standing' AS what, w.row_id AS id
FROM (SELECT row_id, field, part FROM field_standing EXCEPT SELECT row_id, field, part FROM field_now) AS w
UNION ALL
SELECT 'row_standing' AS what, w.row_id AS id
FROM (SELECT {row_columns} FROM row_now EXCEPT SELECT {row_columns} FROM row_standing) AS w
UNION ALL
SELECT 'row_standing' AS what, w.row_id AS id
FROM (SELECT row_id FROM row_standing EXCEPT SELECT row_id FROM row_now) AS w
