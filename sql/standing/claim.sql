-- description: How every current claim about the rows in touched_row stands to what the row holds, one row per claim and quote.
-- This is the one place of the rule: claim_standing holds what it gives, and nothing else does.
WITH shown AS (
    -- What the rows for analysts hold, by the fields that claims are about.
    SELECT t.id AS row_id, f.field, '' AS part, f.value, CAST(NULL AS DOUBLE PRECISION) AS number
    FROM person AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('name', t.name), ('given_name', t.given_name), ('family_name', t.family_name), ('gender', t.gender),
        ('country', t.country), ('wikidata_id', t.wikidata_id), ('birth_date', t.birth_date_edtf),
        ('death_date', t.death_date_edtf)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, '', f.value, NULL
    FROM organization AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('name', t.name), ('classification', t.classification), ('country', t.country), ('parent_id', t.parent_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, '', f.value, NULL
    FROM office AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('name', t.name), ('organization_id', t.organization_id), ('role', t.role), ('level', t.level),
        ('branch', t.branch), ('country', t.country), ('wikidata_id', t.wikidata_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, '', f.value, NULL
    FROM tenure AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('person_id', t.person_id), ('office_id', t.office_id), ('start', t.start_edtf), ('end', t.end_edtf),
        ('status', t.status), ('start_cause', t.start_cause), ('end_cause', t.end_cause),
        ('constituency', t.constituency), ('party_id', t.party_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, '', f.value, NULL
    FROM reform AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('title', t.title), ('country', t.country), ('area', t.area), ('parent_id', t.parent_id),
        ('legal_instrument', t.legal_instrument), ('current_status', t.current_status)
    ) AS f (field, value)
    UNION ALL
    SELECT t.reform_id, f.field, '', f.value, NULL
    FROM reform_measure AS t
    INNER JOIN touched_row AS a ON a.row_id = t.reform_id
    CROSS JOIN LATERAL (VALUES
        ('measure.description', t.description), ('measure.value_old', t.value_old),
        ('measure.value_new', t.value_new), ('measure.unit', t.unit)
    ) AS f (field, value)
    UNION ALL
    SELECT t.reform_id, f.field, t.status, f.value, NULL
    FROM reform_event AS t
    INNER JOIN touched_row AS a ON a.row_id = t.reform_id
    CROSS JOIN LATERAL (VALUES
        ('event.date', t.date_edtf), ('event.decided_by', t.decided_by), ('event.actor_id', t.actor_id),
        ('event.election_id', t.election_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, '', f.value, f.number
    FROM election AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('type', t.type, CAST(NULL AS DOUBLE PRECISION)), ('country', t.country, NULL), ('body_id', t.body_id, NULL),
        ('office_id', t.office_id, NULL), ('date', t.date_edtf, NULL), ('early', CAST(t.early AS VARCHAR), NULL),
        ('status', t.status, NULL), ('called_by_id', t.called_by_id, NULL),
        ('electoral_system', t.electoral_system, NULL), ('threshold_pct', NULL, t.threshold_pct),
        ('seats_total', NULL, t.seats_total), ('list_share_pct', NULL, t.list_share_pct),
        ('district_share_pct', NULL, t.district_share_pct), ('turnout_pct', NULL, t.turnout_pct),
        ('round', NULL, t.round)
    ) AS f (field, value, number)
    UNION ALL
    SELECT t.election_id, f.field, '', f.value, NULL
    FROM election_result AS t
    INNER JOIN touched_row AS a ON a.row_id = t.election_id
    CROSS JOIN LATERAL (VALUES
        ('result.person_id', t.person_id), ('result.party_id', t.party_id), ('result.option', t.option)
    ) AS f (field, value)
    UNION ALL
    SELECT t.election_id, f.field, COALESCE(t.person_id, t.party_id, t.option), f.value, f.number
    FROM election_result AS t
    INNER JOIN touched_row AS a ON a.row_id = t.election_id
    CROSS JOIN LATERAL (VALUES
        ('result.won', CAST(t.won AS VARCHAR), CAST(NULL AS DOUBLE PRECISION)), ('result.votes', NULL, t.votes), ('result.vote_share_pct', NULL, t.vote_share_pct),
        ('result.seats', NULL, t.seats), ('result.round', NULL, t.round)
    ) AS f (field, value, number)
    UNION ALL
    SELECT t.id, f.field, '', f.value, NULL
    FROM statement AS t
    INNER JOIN touched_row AS a ON a.row_id = t.id
    CROSS JOIN LATERAL (VALUES
        ('speaker_id', t.speaker_id), ('speaker_surface', t.speaker_surface), ('attribution', t.attribution),
        ('form', t.form), ('text', t.text), ('date', t.date_edtf), ('venue', t.venue), ('occasion', t.occasion),
        ('medium', t.medium), ('addressee', t.addressee), ('topics', t.topics), ('about_id', t.about_id)
    ) AS f (field, value)
),
told AS (
    SELECT c.*, r.extraction_id
    FROM claim AS c
    INNER JOIN touched_row AS a ON a.row_id = c.canonical_id
    INNER JOIN record AS r ON r.id = c.record_id
    WHERE c.is_current
    UNION ALL
    -- Of what is not resolved yet the record is all that there is.
    SELECT c.*, r.extraction_id
    FROM claim AS c
    INNER JOIN touched_row AS a ON a.row_id = c.record_id
    INNER JOIN record AS r ON r.id = c.record_id
    WHERE c.is_current AND c.canonical_id IS NULL
),

dated AS (
    SELECT
        t.id AS claim_id,
        t.canonical_id AS row_id,
        t.record_type,
        t.field,
        -- A contestant is named by the mention in the document.
        COALESCE(m.canonical_id, t.part, '') AS part,
        t.value,
        t.original_value,
        t.modality,
        t.basis,
        t.confidence,
        t.value_earliest,
        t.value_latest,
        t.value_least,
        t.value_most,
        t.record_id,
        t.extraction_id,
        v.id AS document_version_id,
        COALESCE(v.source_id, v.id) AS source_id,
        v.published_earliest,
        -- That something is not known is no value.
        t.canonical_id IS NOT NULL AND NOT (t.value = 'unknown' AND t.basis = 'unknown') AS is_value
    FROM told AS t
    INNER JOIN extraction AS x ON x.id = t.extraction_id
    INNER JOIN document_version AS v ON v.id = x.document_version_id
    LEFT JOIN mention AS m ON m.id = t.part
),

-- What it is looked for by among what the row holds. Joins on equality alone: anything else compares all with all.
sought AS (
    SELECT
        d.*,
        CASE WHEN d.is_value AND d.modality <> 'negated' THEN d.value END AS wanted,
        -- A measure of a reform has its number in words, and is held as the words.
        CASE
            WHEN
                d.is_value AND d.modality <> 'negated' AND d.value_least IS NOT NULL AND d.record_type = 'election'
                THEN CAST(d.value AS DOUBLE PRECISION)
        END AS wanted_number
    FROM dated AS d
),

words AS (
    SELECT DISTINCT row_id, field, part, value FROM shown WHERE value IS NOT NULL
),

numbers AS (
    SELECT DISTINCT row_id, field, part, number FROM shown WHERE number IS NOT NULL
),

-- A claim whose value is one of those that the row holds: a row has several steps, names and contestants.
given AS (
    SELECT
        d.*,
        w.row_id IS NOT NULL OR n.row_id IS NOT NULL AS is_held,
        -- What has happened is no longer a plan.
        MAX(CASE WHEN d.modality NOT IN ('planned', 'negated') THEN 1 ELSE 0 END) OVER (
            PARTITION BY d.row_id, d.field, d.part, d.is_value
        ) AS has_happened
    FROM sought AS d
    LEFT JOIN words AS w ON w.row_id = d.row_id AND w.field = d.field AND w.part = d.part AND w.value = d.wanted
    LEFT JOIN numbers AS n ON n.row_id = d.row_id AND n.field = d.field AND n.part = d.part AND n.number = d.wanted_number
),

held AS (
    SELECT DISTINCT row_id, field, part, value, value_earliest, value_latest, value_least, value_most
    FROM given
    WHERE is_held
),

-- Whether a claim can be right together with a value that the row holds: a year with a day in it, 61.5 with 61.53.
compared AS (
    SELECT
        t.claim_id,
        MAX(
            CASE
                WHEN t.value_earliest IS NOT NULL OR t.value_latest IS NOT NULL THEN
                    CASE
                        WHEN t.value_latest < h.value_earliest OR h.value_latest < t.value_earliest THEN 0
                        ELSE 1
                    END
                WHEN t.value_least IS NOT NULL AND h.value_least IS NOT NULL THEN
                    CASE
                        WHEN t.value_most <= h.value_least OR h.value_most <= t.value_least THEN 0
                        ELSE 1
                    END
                WHEN
                    t.field IN (
                        'birth_date', 'death_date', 'gender', 'country', 'wikidata_id', 'party_id', 'called_by_id',
                        'type', 'classification', 'role', 'level', 'branch', 'area', 'legal_instrument', 'early',
                        'event.decided_by', 'event.actor_id', 'event.election_id',
                        'result.person_id', 'result.party_id', 'result.option', 'result.won'
                    ) THEN 0
                -- A vote that is held cannot have been cancelled; every other status was right on its day.
                WHEN t.field IN ('status', 'current_status') THEN
                    CASE WHEN t.value IN ('held', 'cancelled') AND h.value IN ('held', 'cancelled') THEN 0 ELSE -1 END
            END
        ) AS agrees
    FROM given AS t
    INNER JOIN held AS h ON h.row_id = t.row_id AND h.field = t.field AND h.part = t.part
    WHERE t.is_value AND NOT t.is_held
    GROUP BY t.claim_id
),

stood AS (
    SELECT
        t.*,
        CASE
            WHEN NOT t.is_value THEN NULL
            WHEN t.modality = 'negated' THEN 'denied'
            WHEN t.is_held THEN 'canonical'
            WHEN c.claim_id IS NULL THEN 'absent'
            WHEN t.modality = 'planned' AND t.has_happened = 1 THEN 'progress'
            WHEN c.agrees IS NULL THEN 'reworded'
            WHEN c.agrees = 1 THEN 'agrees'
            WHEN c.agrees = -1 THEN 'progress'
            WHEN t.basis IN ('inferred', 'unknown') THEN 'inferred'
            ELSE 'differs'
        END AS standing,
        CASE WHEN t.is_value THEN MIN(t.published_earliest) OVER (
            PARTITION BY t.row_id, t.field, t.part, t.value, t.is_value
        ) END AS first_seen,
        CASE WHEN t.is_value THEN ROW_NUMBER() OVER (
            PARTITION BY t.row_id, t.field, t.part, t.is_value
            ORDER BY t.published_earliest NULLS LAST, t.document_version_id COLLATE "C", t.claim_id COLLATE "C"
        ) END AS place
    FROM given AS t
    LEFT JOIN compared AS c ON c.claim_id = t.claim_id
)

SELECT
    s.claim_id,
    ROW_NUMBER() OVER (PARTITION BY s.claim_id ORDER BY ce.ordinal, ce.evidence_id COLLATE "C") - 1 AS span,
    s.row_id,
    s.record_type,
    s.field,
    s.part,
    s.standing,
    s.value,
    s.original_value,
    s.modality,
    s.basis,
    s.confidence,
    s.first_seen,
    s.place,
    s.published_earliest AS published_date,
    s.source_id,
    s.document_version_id,
    s.extraction_id,
    s.record_id,
    ce.evidence_id,
    e.quote,
    e.start_char,
    e.end_char,
    e.match
FROM stood AS s
LEFT JOIN claim_evidence AS ce ON ce.claim_id = s.claim_id
LEFT JOIN evidence AS e ON e.id = ce.evidence_id
