-- description: One row per person: names, offices, and how much is known.
-- uses: office_timeline
CREATE VIEW person_profile AS
WITH names AS (
    SELECT person_id, STRING_AGG(name, '; ' ORDER BY name COLLATE "C") AS other_names
    FROM (
        SELECT DISTINCT n.person_id, n.name
        FROM person_name AS n
        INNER JOIN person AS p ON p.id = n.person_id
        WHERE n.name <> p.name
    ) AS each_once
    GROUP BY person_id
),

offices AS (
    SELECT
        person_id,
        COUNT(*) AS offices_held,
        STRING_AGG(
            office || ' (' || COALESCE(start_edtf, '?') || ' to '
            || COALESCE(end_edtf, CASE WHEN status = 'current' THEN 'now' ELSE '?' END) || ')',
            '; ' ORDER BY start_earliest NULLS LAST, office COLLATE "C", tenure_id COLLATE "C"
        ) AS offices
    FROM office_timeline
    GROUP BY person_id
),

said AS (
    SELECT speaker_id AS person_id, COUNT(*) AS statements
    FROM statement
    GROUP BY speaker_id
)

SELECT
    p.id AS person_id,
    p.name AS person,
    n.other_names,
    p.country,
    p.gender,
    p.birth_date_edtf,
    p.death_date_edtf,
    o.offices,
    COALESCE(o.offices_held, 0) AS offices_held,
    COALESCE(s.statements, 0) AS statements,
    COALESCE(d.documents, 0) AS documents,
    d.first_published,
    d.last_published,
    p.wikidata_id
FROM person AS p
LEFT JOIN names AS n ON n.person_id = p.id
LEFT JOIN offices AS o ON o.person_id = p.id
LEFT JOIN said AS s ON s.person_id = p.id
LEFT JOIN row_standing AS d ON d.row_id = p.id;

COMMENT ON VIEW person_profile IS 'One row per person: names, offices in the order in which they began, and how much is known.';
COMMENT ON COLUMN person_profile.person_id IS 'Key of the person; polidex explain takes it.';
COMMENT ON COLUMN person_profile.person IS 'Name of the person.';
COMMENT ON COLUMN person_profile.other_names IS 'Other names in the sources, joined by a semicolon.';
COMMENT ON COLUMN person_profile.country IS 'Country whose politics the person belongs to: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN person_profile.gender IS 'Gender, where a source says it.';
COMMENT ON COLUMN person_profile.birth_date_edtf IS 'Date of birth, as precise as the sources (EDTF).';
COMMENT ON COLUMN person_profile.death_date_edtf IS 'Date of death, as precise as the sources (EDTF).';
COMMENT ON COLUMN person_profile.offices IS 'Offices with start and end, joined by a semicolon; a question mark where no source gives one.';
COMMENT ON COLUMN person_profile.offices_held IS 'Number of spells in office.';
COMMENT ON COLUMN person_profile.statements IS 'Number of statements by the person.';
COMMENT ON COLUMN person_profile.documents IS 'Number of documents that say something of the person.';
COMMENT ON COLUMN person_profile.first_published IS 'Date of the oldest of these documents.';
COMMENT ON COLUMN person_profile.last_published IS 'Date of the newest of these documents.';
COMMENT ON COLUMN person_profile.wikidata_id IS 'Number in Wikidata.';
