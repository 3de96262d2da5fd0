-- description: Every step of every reform; a reform without a known step has one row.
CREATE VIEW reform_timeline AS
SELECT
    r.id AS reform_id,
    r.title,
    r.country,
    r.area,
    r.legal_instrument,
    r.current_status,
    larger.title AS part_of,
    e.id AS event_id,
    e.status AS step,
    e.date_edtf,
    e.date_earliest,
    e.date_latest,
    e.date_basis,
    e.decided_by,
    COALESCE(p.name, g.name) AS actor,
    e.election_id
FROM reform AS r
LEFT JOIN reform AS larger ON larger.id = r.parent_id
LEFT JOIN reform_event AS e ON e.reform_id = r.id
LEFT JOIN person AS p ON p.id = e.actor_id
LEFT JOIN organization AS g ON g.id = e.actor_id;

COMMENT ON VIEW reform_timeline IS 'Every step of every reform. A reform without a known step has one row with an empty step.';
COMMENT ON COLUMN reform_timeline.reform_id IS 'Key of the reform; polidex explain takes it.';
COMMENT ON COLUMN reform_timeline.title IS 'What the reform is, in a few words.';
COMMENT ON COLUMN reform_timeline.country IS 'Country that reforms: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN reform_timeline.area IS 'What it reforms, such as judiciary.';
COMMENT ON COLUMN reform_timeline.legal_instrument IS 'What kind of act makes it.';
COMMENT ON COLUMN reform_timeline.current_status IS 'How far the reform got.';
COMMENT ON COLUMN reform_timeline.part_of IS 'The larger reform that it is part of.';
COMMENT ON COLUMN reform_timeline.event_id IS 'Key of the step.';
COMMENT ON COLUMN reform_timeline.step IS 'The step that it took, such as adopted.';
COMMENT ON COLUMN reform_timeline.date_edtf IS 'Date of the step, as precise as the sources (EDTF).';
COMMENT ON COLUMN reform_timeline.date_earliest IS 'First day that the step can be.';
COMMENT ON COLUMN reform_timeline.date_latest IS 'Last day that the step can be.';
COMMENT ON COLUMN reform_timeline.date_basis IS 'What the date rests on.';
COMMENT ON COLUMN reform_timeline.decided_by IS 'Who took the step, such as parliament.';
COMMENT ON COLUMN reform_timeline.actor IS 'Name of the person or organization that took it.';
COMMENT ON COLUMN reform_timeline.election_id IS 'The vote that decided it, when it was a referendum.';
