-- description: Where do sources give values that cannot both be right? Leave the parts empty to ask for all.
-- parameter: about = -- a word of the name of the person, office or reform, or of a value
-- parameter: type = -- person, organization, office, tenure, reform, election or statement
-- parameter: sources = 1 -- at least so many independent sources: 2 leaves out those that contradict themselves
WITH asked AS (
    SELECT
        LOWER(CAST(:about AS VARCHAR)) AS about,
        LOWER(CAST(:type AS VARCHAR)) AS type,
        CAST(CAST(:sources AS VARCHAR) AS INTEGER) AS sources
),

named AS (
    SELECT id, name FROM person
    UNION ALL
    SELECT id, name FROM organization
    UNION ALL
    SELECT id, name FROM office
    UNION ALL
    SELECT t.tenure_id AS id, t.person || ', ' || t.office AS name FROM office_timeline AS t
    UNION ALL
    SELECT id, title AS name FROM reform
    UNION ALL
    SELECT id, type || COALESCE(' ' || country, '') || COALESCE(' ' || date_edtf, '') AS name FROM election
    UNION ALL
    SELECT id, speaker_surface || ': ' || SUBSTR(text, 1, 60) AS name FROM statement
),

found AS (
    SELECT DISTINCT c.row_id, c.field, c.part
    FROM conflicts AS c
    INNER JOIN named AS n ON n.id = c.row_id
    CROSS JOIN asked AS a
    WHERE
        (a.type = '' OR c.record_type = a.type)
        AND c.sources_of_field >= a.sources
        AND (POSITION(a.about IN LOWER(n.name)) > 0 OR POSITION(a.about IN LOWER(c.value)) > 0)
)

SELECT
    n.name,
    c.field,
    COALESCE(p.name, c.part) AS part,
    c.value,
    c.is_canonical,
    c.agrees,
    c.sources,
    c.first_published,
    c.last_published,
    c.record_type,
    c.row_id
FROM conflicts AS c
INNER JOIN found AS f ON f.row_id = c.row_id AND f.field = c.field AND f.part IS NOT DISTINCT FROM c.part
INNER JOIN named AS n ON n.id = c.row_id
LEFT JOIN named AS p ON p.id = c.part
ORDER BY
    n.name COLLATE "C",
    c.row_id COLLATE "C",
    c.field COLLATE "C",
    COALESCE(p.name, c.part) COLLATE "C" NULLS FIRST,
    c.part COLLATE "C",
    c.is_canonical DESC,
    c.agrees DESC,
    c.sources DESC,
    c.value COLLATE "C"
