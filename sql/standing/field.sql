-- description: How many independent sources agree with what each field of the rows in touched_row holds, and how many differ.
WITH heard AS (
    -- A source that says both, in two articles or in one, is counted as one that differs.
    SELECT
        s.row_id,
        s.record_type,
        s.field,
        s.part,
        s.source_id,
        MAX(CASE WHEN s.standing = 'differs' THEN 1 ELSE 0 END) AS differs,
        MIN(s.published_date) AS first_published,
        MAX(s.published_date) AS last_published
    FROM claim_standing AS s
    INNER JOIN touched_row AS a ON a.row_id = s.row_id
    WHERE s.span = 0 AND s.standing IN ('canonical', 'agrees', 'differs')
    GROUP BY s.row_id, s.record_type, s.field, s.part, s.source_id
)

SELECT
    row_id,
    field,
    part,
    record_type,
    COUNT(*) AS sources,
    COUNT(*) FILTER (WHERE differs = 0) AS sources_agreeing,
    COUNT(*) FILTER (WHERE differs = 1) AS sources_differing,
    MIN(first_published) AS first_published,
    MAX(last_published) AS last_published
FROM heard
GROUP BY row_id, record_type, field, part
