-- description: Of each document that is not retracted the text that counts, where not all extractors have a reading of it
-- that is as it would be today. `:wanted` has, for each extractor and language, the parts of the fingerprint.
WITH wanted AS (
    SELECT
        split_part(line, '|', 1) AS extractor,
        split_part(line, '|', 2) AS language,
        split_part(line, '|', 3) AS prompt,
        split_part(line, '|', 4) AS shape,
        split_part(line, '|', 5) AS model,
        split_part(line, '|', 6) AS parameters,
        split_part(line, '|', 7) AS windowing
    FROM unnest(string_to_array(CAST(:wanted AS VARCHAR), ';')) AS w (line)
),

-- Where a reading failed, an earlier one of another text may stand beside it: the text with the most readings counts.
counted AS (
    SELECT
        x.document_version_id AS id,
        count(*) FILTER (WHERE x.status <> 'superseded') AS standing,
        count(*) FILTER (WHERE x.status IN ('failed', 'refused')) AS failed,
        count(*) FILTER (WHERE x.status <> 'superseded' AND x.checked_with IS NOT NULL) AS checked,
        count(*) FILTER (
            WHERE
            x.status <> 'superseded'
            AND x.error_code IS NULL
            AND x.checked_with = :checked_with
            AND x.fingerprint_prompt = w.prompt
            AND x.fingerprint_schema = w.shape
            AND x.fingerprint_model = w.model
            AND x.fingerprint_parameters = w.parameters
            AND x.fingerprint_windowing = w.windowing
        ) AS fresh
    FROM extraction AS x
    INNER JOIN document_version AS v ON v.id = x.document_version_id
    LEFT JOIN wanted AS w ON w.extractor = x.extractor AND w.language = COALESCE(v.language, '')
    GROUP BY x.document_version_id
),

latest AS (
    SELECT DISTINCT ON (v.document_id)
        v.document_id,
        v.id,
        COALESCE(c.fresh, 0) AS fresh
    FROM document_version AS v
    LEFT JOIN counted AS c ON c.id = v.id
    ORDER BY
        v.document_id,
        COALESCE(c.standing, 0) DESC,
        COALESCE(c.failed, 0) DESC,
        COALESCE(c.checked, 0) DESC,
        v.id
)

SELECT l.id, d.id AS document_id, d.uri
FROM latest AS l
INNER JOIN document AS d ON d.id = l.document_id
WHERE l.fresh < :extractors AND d.retracted_at IS NULL
ORDER BY d.uri COLLATE "C", d.id COLLATE "C"
