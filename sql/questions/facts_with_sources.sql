-- description: Which words does a fact rest on? Ask by a word of its value or quote, or by the kind of record.
-- parameter: about = -- a word of the value or of the quote
-- parameter: type = -- person, organization, office, tenure, reform, election or statement
WITH asked AS (
    SELECT LOWER(CAST(:about AS VARCHAR)) AS about, LOWER(CAST(:type AS VARCHAR)) AS type
)

SELECT
    f.record_type, f.field, f.value, f.quote, f.title, f.url, f.published_edtf, f.start_char, f.end_char, f.model, f.row_id
FROM fact_sources AS f
CROSS JOIN asked AS a
WHERE
    (a.type = '' OR f.record_type = a.type)
    AND (POSITION(a.about IN LOWER(f.value)) > 0 OR POSITION(a.about IN LOWER(f.quote)) > 0)
ORDER BY
    f.record_type COLLATE "C",
    f.row_id COLLATE "C" NULLS LAST,
    f.field COLLATE "C",
    f.title COLLATE "C" NULLS LAST,
    f.claim_id COLLATE "C",
    f.ordinal,
    f.start_char,
    f.end_char
