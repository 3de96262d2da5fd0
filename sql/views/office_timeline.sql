-- description: Every known spell of a person in an office.
CREATE VIEW office_timeline AS
SELECT
    t.id AS tenure_id,
    t.person_id,
    p.name AS person,
    t.office_id,
    o.name AS office,
    o.role,
    g.name AS organization,
    o.country,
    t.start_edtf,
    t.start_earliest,
    t.start_latest,
    t.start_basis,
    t.end_edtf,
    t.end_earliest,
    t.end_latest,
    t.end_basis,
    t.status,
    CASE WHEN t.status = 'current' THEN a.current_on END AS current_on,
    y.name AS party,
    t.constituency,
    t.acting,
    COALESCE(a.documents, 0) AS documents
FROM tenure AS t
INNER JOIN person AS p ON p.id = t.person_id
INNER JOIN office AS o ON o.id = t.office_id
LEFT JOIN organization AS g ON g.id = o.organization_id
LEFT JOIN organization AS y ON y.id = t.party_id
LEFT JOIN row_standing AS a ON a.row_id = t.id;

COMMENT ON VIEW office_timeline IS 'Every known spell of a person in an office, with the first and last day that each of its ends can be.';
COMMENT ON COLUMN office_timeline.tenure_id IS 'Key of the spell; polidex explain takes it.';
COMMENT ON COLUMN office_timeline.person_id IS 'Key of the person.';
COMMENT ON COLUMN office_timeline.person IS 'Name of the person.';
COMMENT ON COLUMN office_timeline.office_id IS 'Key of the office.';
COMMENT ON COLUMN office_timeline.office IS 'Name of the office.';
COMMENT ON COLUMN office_timeline.role IS 'What the holder of the office does, such as minister.';
COMMENT ON COLUMN office_timeline.organization IS 'The organization that the office is in.';
COMMENT ON COLUMN office_timeline.country IS 'Country whose office it is: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN office_timeline.start_edtf IS 'Start, as precise as the sources (EDTF).';
COMMENT ON COLUMN office_timeline.start_earliest IS 'First day that the start can be.';
COMMENT ON COLUMN office_timeline.start_latest IS 'Last day that the start can be.';
COMMENT ON COLUMN office_timeline.start_basis IS 'What the start rests on.';
COMMENT ON COLUMN office_timeline.end_edtf IS 'End, as precise as the sources (EDTF); empty when no source gives one.';
COMMENT ON COLUMN office_timeline.end_earliest IS 'First day that the end can be.';
COMMENT ON COLUMN office_timeline.end_latest IS 'Last day that the end can be.';
COMMENT ON COLUMN office_timeline.end_basis IS 'What the end rests on.';
COMMENT ON COLUMN office_timeline.status IS 'How the spell stood on the date of the documents.';
COMMENT ON COLUMN office_timeline.current_on IS 'The day on which a document last said that the spell went on.';
COMMENT ON COLUMN office_timeline.party IS 'Party that the holder stood for.';
COMMENT ON COLUMN office_timeline.constituency IS 'Constituency that the holder was elected in.';
COMMENT ON COLUMN office_timeline.acting IS 'Whether the office was only held for the time being; empty when no source says so.';
COMMENT ON COLUMN office_timeline.documents IS 'How many documents speak of the spell.';
