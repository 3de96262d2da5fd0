-- description: Who held which office in which year, as far as the known dates say.
-- uses: office_timeline
CREATE VIEW office_years AS
WITH bounds AS (
    -- What is known of a spell ends where its last known day ends: an open end claims no later year.
    SELECT
        t.*,
        COALESCE(t.end_earliest, t.current_on) AS last_seen,
        COALESCE(t.end_latest, t.end_earliest, t.current_on) AS last_possible
    FROM office_timeline AS t
    WHERE t.status <> 'planned'
),

years AS (
    SELECT
        b.*,
        CAST(y.year AS INTEGER) AS year,
        make_date(CAST(y.year AS INTEGER), 1, 1) AS first_day,
        make_date(CAST(y.year AS INTEGER), 12, 31) AS last_day
    FROM bounds AS b
    CROSS JOIN LATERAL generate_series(
        CAST(EXTRACT(YEAR FROM COALESCE(b.start_earliest, b.start_latest, b.last_seen, b.last_possible)) AS INTEGER),
        CAST(EXTRACT(YEAR FROM GREATEST(b.start_earliest, b.start_latest, b.last_possible)) AS INTEGER)
    ) AS y (year)
)

SELECT
    tenure_id,
    person_id,
    person,
    office_id,
    office,
    role,
    organization,
    country,
    year,
    CASE
        WHEN start_latest <= last_day AND last_seen >= first_day THEN 'stated'
        WHEN start_earliest >= first_day AND start_latest <= last_day THEN 'stated'
        WHEN last_seen >= first_day AND last_possible <= last_day THEN 'stated'
        ELSE 'possible'
    END AS certainty,
    start_edtf,
    end_edtf,
    status
FROM years;

COMMENT ON VIEW office_years IS 'Who held which office in which year: one row for each year that the known dates reach. A spell without a known end claims no year after the last one that a source speaks of.';
COMMENT ON COLUMN office_years.tenure_id IS 'Key of the spell; polidex explain takes it.';
COMMENT ON COLUMN office_years.person_id IS 'Key of the person.';
COMMENT ON COLUMN office_years.person IS 'Name of the person.';
COMMENT ON COLUMN office_years.office_id IS 'Key of the office.';
COMMENT ON COLUMN office_years.office IS 'Name of the office.';
COMMENT ON COLUMN office_years.role IS 'What the holder of the office does, such as minister.';
COMMENT ON COLUMN office_years.organization IS 'The organization that the office is in.';
COMMENT ON COLUMN office_years.country IS 'Country whose office it is: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN office_years.year IS 'Calendar year.';
COMMENT ON COLUMN office_years.certainty IS 'stated: on at least one day of the year, whichever of its possible dates are right. possible: with some of them.';
COMMENT ON COLUMN office_years.start_edtf IS 'Start of the spell, as precise as the sources (EDTF).';
COMMENT ON COLUMN office_years.end_edtf IS 'End of the spell, as precise as the sources (EDTF); empty when no source gives one.';
COMMENT ON COLUMN office_years.status IS 'How the spell stood on the date of the documents.';
