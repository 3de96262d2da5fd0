-- description: What some rows for analysts are about, in a few words.
WITH named AS (
    SELECT p.id, p.name AS name FROM person AS p WHERE p.id IN :ids
    UNION ALL
    SELECT o.id, o.name FROM organization AS o WHERE o.id IN :ids
    UNION ALL
    SELECT o.id, COALESCE(o.name || ' (' || o.country || ')', o.name) FROM office AS o WHERE o.id IN :ids
    UNION ALL
    SELECT
        t.id,
        p.name || ', ' || o.name || COALESCE(' (' || o.country || ')', '')
        || COALESCE(', ' || COALESCE(t.start_edtf, '?') || ' to ' || t.end_edtf, ', from ' || t.start_edtf, '')
    FROM tenure AS t
    INNER JOIN person AS p ON p.id = t.person_id
    INNER JOIN office AS o ON o.id = t.office_id
    WHERE t.id IN :ids
    UNION ALL
    SELECT r.id, r.title FROM reform AS r WHERE r.id IN :ids
    UNION ALL
    SELECT e.id, r.title || ': ' || e.status || COALESCE(' ' || e.date_edtf, '')
    FROM reform_event AS e
    INNER JOIN reform AS r ON r.id = e.reform_id
    WHERE e.id IN :ids
    UNION ALL
    SELECT m.id, r.title || ': ' || m.description
    FROM reform_measure AS m
    INNER JOIN reform AS r ON r.id = m.reform_id
    WHERE m.id IN :ids
    UNION ALL
    SELECT e.id, e.type || COALESCE(' ' || e.date_edtf, '') || COALESCE(' (' || e.country || ')', '')
    FROM election AS e
    WHERE e.id IN :ids
    UNION ALL
    SELECT
        x.id,
        e.type || COALESCE(' ' || e.date_edtf, '') || COALESCE(' (' || e.country || ')', '') || ': '
        || COALESCE(p.name, o.name, x.option)
    FROM election_result AS x
    INNER JOIN election AS e ON e.id = x.election_id
    LEFT JOIN person AS p ON p.id = x.person_id
    LEFT JOIN organization AS o ON o.id = x.party_id
    WHERE x.id IN :ids
    UNION ALL
    SELECT s.id, s.speaker_surface || ': ' || s.text FROM statement AS s WHERE s.id IN :ids
    UNION ALL
    SELECT d.id, d.uri || COALESCE(': ' || d.reason, '') FROM document AS d WHERE d.id IN :ids
)

SELECT n.id, n.name FROM named AS n ORDER BY n.id COLLATE "C"
