-- description: Every value that a document gives a field: who claimed it when, and how it stands to the row analysts see.
CREATE VIEW timeline_of_a_fact AS
WITH shown AS (
    -- What the rows for analysts hold, by the fields that claims are about.
    SELECT t.id AS row_id, f.field, CAST(NULL AS VARCHAR) AS part, f.value, CAST(NULL AS DOUBLE PRECISION) AS number
    FROM person AS t
    CROSS JOIN LATERAL (VALUES
        ('name', t.name), ('given_name', t.given_name), ('family_name', t.family_name), ('gender', t.gender),
        ('country', t.country), ('wikidata_id', t.wikidata_id), ('birth_date', t.birth_date_edtf),
        ('death_date', t.death_date_edtf)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, NULL, f.value, NULL
    FROM organization AS t
    CROSS JOIN LATERAL (VALUES
        ('name', t.name), ('classification', t.classification), ('country', t.country), ('parent_id', t.parent_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, NULL, f.value, NULL
    FROM office AS t
    CROSS JOIN LATERAL (VALUES
        ('name', t.name), ('organization_id', t.organization_id), ('role', t.role), ('level', t.level),
        ('branch', t.branch), ('country', t.country), ('wikidata_id', t.wikidata_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, NULL, f.value, NULL
    FROM tenure AS t
    CROSS JOIN LATERAL (VALUES
        ('person_id', t.person_id), ('office_id', t.office_id), ('start', t.start_edtf), ('end', t.end_edtf),
        ('status', t.status), ('start_cause', t.start_cause), ('end_cause', t.end_cause),
        ('constituency', t.constituency), ('party_id', t.party_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, NULL, f.value, NULL
    FROM reform AS t
    CROSS JOIN LATERAL (VALUES
        ('title', t.title), ('country', t.country), ('area', t.area), ('parent_id', t.parent_id),
        ('legal_instrument', t.legal_instrument), ('current_status', t.current_status)
    ) AS f (field, value)
    UNION ALL
    SELECT t.reform_id, f.field, NULL, f.value, NULL
    FROM reform_measure AS t
    CROSS JOIN LATERAL (VALUES
        ('measure.description', t.description), ('measure.value_old', t.value_old),
        ('measure.value_new', t.value_new), ('measure.unit', t.unit)
    ) AS f (field, value)
    UNION ALL
    SELECT t.reform_id, f.field, t.status, f.value, NULL
    FROM reform_event AS t
    CROSS JOIN LATERAL (VALUES
        ('event.date', t.date_edtf), ('event.decided_by', t.decided_by), ('event.actor_id', t.actor_id),
        ('event.election_id', t.election_id)
    ) AS f (field, value)
    UNION ALL
    SELECT t.id, f.field, NULL, f.value, f.number
    FROM election AS t
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
    SELECT t.election_id, f.field, NULL, f.value, NULL
    FROM election_result AS t
    CROSS JOIN LATERAL (VALUES
        ('result.person_id', t.person_id), ('result.party_id', t.party_id), ('result.option', t.option)
    ) AS f (field, value)
    UNION ALL
    SELECT t.election_id, f.field, COALESCE(t.person_id, t.party_id, t.option), f.value, f.number
    FROM election_result AS t
    CROSS JOIN LATERAL (VALUES
        ('result.won', CAST(t.won AS VARCHAR), CAST(NULL AS DOUBLE PRECISION)), ('result.votes', NULL, t.votes), ('result.vote_share_pct', NULL, t.vote_share_pct),
        ('result.seats', NULL, t.seats), ('result.round', NULL, t.round)
    ) AS f (field, value, number)
    UNION ALL
    SELECT t.id, f.field, NULL, f.value, NULL
    FROM statement AS t
    CROSS JOIN LATERAL (VALUES
        ('speaker_id', t.speaker_id), ('speaker_surface', t.speaker_surface), ('attribution', t.attribution),
        ('form', t.form), ('text', t.text), ('date', t.date_edtf), ('venue', t.venue), ('occasion', t.occasion),
        ('medium', t.medium), ('addressee', t.addressee), ('topics', t.topics), ('about_id', t.about_id)
    ) AS f (field, value)
),

told AS (
    SELECT
        c.id AS claim_id,
        c.canonical_id AS row_id,
        c.record_type,
        c.field,
        -- A contestant is named by the mention in the document.
        COALESCE(m.canonical_id, c.part) AS part,
        c.value,
        c.original_value,
        c.modality,
        c.basis,
        c.value_earliest,
        c.value_latest,
        c.value_least,
        c.value_most,
        v.id AS document_version_id,
        COALESCE(v.source_id, v.id) AS source_id,
        v.published_edtf,
        v.published_earliest,
        v.title,
        d.uri AS url,
        d.publisher,
        -- What has happened is no longer a plan.
        MAX(CASE WHEN c.modality NOT IN ('planned', 'negated') THEN 1 ELSE 0 END) OVER (
            PARTITION BY c.canonical_id, c.field, COALESCE(m.canonical_id, c.part)
        ) AS has_happened
    FROM claim AS c
    INNER JOIN record AS r ON r.id = c.record_id
    INNER JOIN extraction AS x ON x.id = r.extraction_id
    INNER JOIN document_version AS v ON v.id = x.document_version_id
    INNER JOIN document AS d ON d.id = v.document_id
    LEFT JOIN mention AS m ON m.id = c.part
    -- That something is not known is no value.
    WHERE c.is_current AND c.canonical_id IS NOT NULL AND NOT (c.value = 'unknown' AND c.basis = 'unknown')
),

-- A claim whose value is one of those that the row holds: a row has several steps, names and contestants.
held AS (
    SELECT DISTINCT
        t.claim_id,
        t.row_id,
        t.field,
        t.part,
        t.value,
        t.value_earliest,
        t.value_latest,
        t.value_least,
        t.value_most
    FROM told AS t
    INNER JOIN shown AS s ON s.row_id = t.row_id AND s.field = t.field AND s.part IS NOT DISTINCT FROM t.part
    WHERE
        t.modality <> 'negated'
        AND CASE
            WHEN s.number IS NULL THEN s.value = t.value
            WHEN t.value_least IS NOT NULL THEN s.number = CAST(t.value AS DOUBLE PRECISION)
            ELSE FALSE
        END
),

-- Whether a claim can be right together with a value that the row holds: a year with a day in it, 61.5 with 61.53.
compared AS (
    SELECT
        t.claim_id,
        MAX(CASE WHEN h.claim_id = t.claim_id THEN 1 ELSE 0 END) AS is_held,
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
                        'type', 'classification', 'role', 'level', 'branch', 'area', 'legal_instrument', 'early', 'event.decided_by', 'event.actor_id', 'event.election_id',
                        'result.person_id', 'result.party_id', 'result.option', 'result.won'
                    ) THEN 0
                -- A vote that is held cannot have been cancelled; every other status was right on its day.
                WHEN t.field IN ('status', 'current_status') THEN
                    CASE WHEN t.value IN ('held', 'cancelled') AND h.value IN ('held', 'cancelled') THEN 0 ELSE -1 END
            END
        ) AS agrees
    FROM told AS t
    INNER JOIN held AS h ON h.row_id = t.row_id AND h.field = t.field AND h.part IS NOT DISTINCT FROM t.part
    GROUP BY t.claim_id
)

SELECT
    t.row_id,
    t.record_type,
    t.field,
    t.part,
    t.value,
    t.original_value,
    t.modality,
    t.basis,
    CASE
        WHEN t.modality = 'negated' THEN 'denied'
        WHEN c.claim_id IS NULL THEN 'absent'
        WHEN c.is_held = 1 THEN 'canonical'
        WHEN t.modality = 'planned' AND t.has_happened = 1 THEN 'progress'
        WHEN c.agrees IS NULL THEN 'reworded'
        WHEN c.agrees = 1 THEN 'agrees'
        WHEN c.agrees = -1 THEN 'progress'
        WHEN t.basis IN ('inferred', 'unknown') THEN 'inferred'
        ELSE 'differs'
    END AS standing,
    t.publisher,
    t.title,
    t.url,
    t.published_edtf,
    t.published_earliest AS published_date,
    MIN(t.published_earliest) OVER (PARTITION BY t.row_id, t.field, t.part, t.value) AS first_seen,
    ROW_NUMBER() OVER (
        PARTITION BY t.row_id, t.field, t.part
        ORDER BY t.published_earliest NULLS LAST, t.document_version_id COLLATE "C", t.claim_id COLLATE "C"
    ) AS ordinal,
    t.source_id,
    t.source_id <> t.document_version_id AS is_reprint,
    t.document_version_id,
    t.claim_id
FROM told AS t
LEFT JOIN compared AS c ON c.claim_id = t.claim_id;

COMMENT ON VIEW timeline_of_a_fact IS 'Every current claim about every field of a row: which value was given when and by whom, and how it stands to what the row holds.';
COMMENT ON COLUMN timeline_of_a_fact.row_id IS 'Key of the row that the claim speaks of, in the table named as record_type.';
COMMENT ON COLUMN timeline_of_a_fact.record_type IS 'What kind of thing it is about, such as tenure.';
COMMENT ON COLUMN timeline_of_a_fact.field IS 'Which column it gives; that of a part of the row with a dot, such as event.date.';
COMMENT ON COLUMN timeline_of_a_fact.part IS 'Which part of the row: the step of a reform, or the key of a contestant; empty for the row itself.';
COMMENT ON COLUMN timeline_of_a_fact.value IS 'The value, as text.';
COMMENT ON COLUMN timeline_of_a_fact.original_value IS 'The value as the source words it, where that differs.';
COMMENT ON COLUMN timeline_of_a_fact.modality IS 'How the source puts it: asserted, planned, reported, opinion or negated.';
COMMENT ON COLUMN timeline_of_a_fact.basis IS 'What the value rests on: stated, context, inferred, external or unknown.';
COMMENT ON COLUMN timeline_of_a_fact.standing IS 'How it stands to the row: canonical (the row holds it), agrees (can be right together with it), differs (cannot), progress (a plan, or a status of its day), inferred (differs, but no source says it), reworded (words that nothing compares), denied, or absent (the row holds no such value).';
COMMENT ON COLUMN timeline_of_a_fact.publisher IS 'Who published the article.';
COMMENT ON COLUMN timeline_of_a_fact.title IS 'Headline of the article.';
COMMENT ON COLUMN timeline_of_a_fact.url IS 'Address of the article.';
COMMENT ON COLUMN timeline_of_a_fact.published_edtf IS 'Date of publication (EDTF).';
COMMENT ON COLUMN timeline_of_a_fact.published_date IS 'First day that the publication can be.';
COMMENT ON COLUMN timeline_of_a_fact.first_seen IS 'First day that the first publication of this value can be.';
COMMENT ON COLUMN timeline_of_a_fact.ordinal IS 'Order of publication among the claims about the field, from 1.';
COMMENT ON COLUMN timeline_of_a_fact.source_id IS 'The text that the article was first printed as: an article and its reprints have one.';
COMMENT ON COLUMN timeline_of_a_fact.is_reprint IS 'Whether another document printed the text first.';
COMMENT ON COLUMN timeline_of_a_fact.document_version_id IS 'Key of the text.';
COMMENT ON COLUMN timeline_of_a_fact.claim_id IS 'Key of the claim; polidex explain takes it.';
