-- description: Who holds which office, as of the newest documents.
-- uses: office_timeline
CREATE VIEW current_office_holders AS
SELECT
    t.country,
    t.office,
    t.organization,
    t.role,
    t.person,
    t.start_edtf AS since_edtf,
    t.start_earliest AS since_earliest,
    t.current_on,
    t.party,
    t.tenure_id,
    t.person_id,
    t.office_id
FROM office_timeline AS t
WHERE
    t.status = 'current'
    AND (t.end_latest IS NULL OR t.current_on IS NULL OR t.end_latest >= t.current_on)
    -- Of a post that one person holds, whoever is known to have come later has replaced the one before.
    AND NOT EXISTS (
        SELECT 1
        FROM office_timeline AS later
        WHERE
            later.office_id = t.office_id
            AND later.person_id <> t.person_id
            AND later.status IN ('current', 'ended')
            AND later.start_earliest > t.current_on
            AND t.role NOT IN ('legislator', 'judge', 'diplomat', 'igo_official', 'deputy_minister', 'other')
    );

COMMENT ON VIEW current_office_holders IS 'Who holds which office according to the newest documents. It is as old as current_on says.';
COMMENT ON COLUMN current_office_holders.country IS 'Country whose office it is: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN current_office_holders.office IS 'Name of the office.';
COMMENT ON COLUMN current_office_holders.organization IS 'The organization that the office is in.';
COMMENT ON COLUMN current_office_holders.role IS 'What the holder of the office does, such as minister.';
COMMENT ON COLUMN current_office_holders.person IS 'Name of the holder.';
COMMENT ON COLUMN current_office_holders.since_edtf IS 'Start, as precise as the sources (EDTF).';
COMMENT ON COLUMN current_office_holders.since_earliest IS 'First day that the start can be.';
COMMENT ON COLUMN current_office_holders.current_on IS 'The day on which a document last said so.';
COMMENT ON COLUMN current_office_holders.party IS 'Party that the holder stood for.';
COMMENT ON COLUMN current_office_holders.tenure_id IS 'Key of the spell; polidex explain takes it.';
COMMENT ON COLUMN current_office_holders.person_id IS 'Key of the person.';
COMMENT ON COLUMN current_office_holders.office_id IS 'Key of the office.';
