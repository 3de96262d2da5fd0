-- description: The rows of each table of Polidex, as a view of its name; keys come in the order of the documents.
CREATE MACRO moment(day, hours) AS CAST(day AS TIMESTAMPTZ) + to_hours(hours);

CREATE VIEW document AS
SELECT
    document_id(d) AS id,
    'https://news' || h(c, 'site') % 400 || '.example/' || d AS uri,
    place(h(d, 'site') % 400, 'publisher') || ' ' || (['Times', 'Herald', 'Post', 'Agency'])[1 + h(d, 'site') % 4] AS publisher,
    moment(day, 30) AS first_seen_at
FROM article_days;

CREATE VIEW "fetch" AS
SELECT
    key_of('fetch', d, '', '') AS id, document_id(d) AS document_id, moment(day, 30) AS retrieved_at,
    CAST(200 AS BIGINT) AS http_status, 'ok' AS outcome, md5(CAST(d AS VARCHAR)) AS raw_sha256
FROM article_days;

CREATE VIEW document_version AS
SELECT
    version_id(d) AS id,
    document_id(d) AS document_id,
    md5(CAST(c AS VARCHAR)) AS content_sha256,
    'News of ' || place(c, 'headline') || ' ' || c AS title,
    person_name_of(people() + h(c, 'byline') % 900) AS byline,
    CAST(day AS VARCHAR) AS published_edtf,
    day AS published_earliest,
    day AS published_latest,
    'stated' AS published_basis,
    'en' AS language,
    list_aggregate(list_transform(words, lambda each: placed(each)), 'string_agg', '') AS text,
    '0-2800' AS reading_spans,
    version_id(CASE WHEN is_reprint(d) THEN d - 1 ELSE d END) AS source_id
FROM sentences;

CREATE VIEW text_band AS
SELECT substr(md5(concat_ws('|', article(d), b)), 1, 16) AS band, version_id(d) AS document_version_id
FROM range(documents()) AS r (d)
CROSS JOIN range(8) AS s (b);

CREATE VIEW extraction_run AS
SELECT
    key_of('run', n, '', '') AS id,
    'polidex nightly' AS command,
    moment(DATE '2026-06-30' + CAST(n AS INTEGER), 1) AS started_at,
    moment(DATE '2026-06-30' + CAST(n AS INTEGER), 3) AS finished_at,
    'finished' AS status,
    'made-up' AS host,
    CAST(1 AS BIGINT) AS pid,
    '{}' AS counts
FROM range(runs()) AS r (n);

CREATE VIEW extraction AS
WITH readings AS (
    SELECT d, day, unnest(['people', 'offices', 'reforms', 'elections', 'statements']) AS extractor, FALSE AS is_earlier
    FROM article_days
    UNION ALL
    SELECT d, day, 'people', TRUE FROM article_days WHERE d % 20 = 0
)

SELECT
    CASE WHEN is_earlier THEN extraction_id(d, 'earlier') ELSE extraction_id(d, extractor) END AS id,
    version_id(d) AS document_version_id,
    run_id(d) AS run_id,
    extractor,
    md5(concat_ws('|', d, extractor, is_earlier)) AS fingerprint,
    CASE WHEN is_earlier THEN 'superseded' WHEN h(d, extractor) % 50 = 0 THEN 'partial' ELSE 'ok' END AS status,
    'made-up' AS provider,
    CASE WHEN is_earlier THEN 'smaller' ELSE 'larger' END AS model,
    CAST(4 AS BIGINT) AS windows,
    CAST(4 AS BIGINT) AS attempts,
    CAST(4 AS BIGINT) AS requests,
    CAST(900 + h(d, extractor) % 300 AS BIGINT) AS tokens_in,
    CAST(400 AS BIGINT) AS tokens_in_cached,
    CAST(100 + h(d, extractor) % 200 AS BIGINT) AS tokens_out,
    0.001 + u(d, extractor) / 1000 AS cost_usd,
    1.0 + u(d, extractor) AS seconds,
    moment(day, 31) AS extracted_at,
    '["' || repeat('{}', 40) || '"]' AS raw_response
FROM readings;

CREATE VIEW record AS
SELECT
    record_id(d, s) AS id, extraction_id(d, extractor) AS extraction_id, record_type, canonical_id,
    '{"of": "' || mention_id || '"}' AS payload, mention_id
FROM told
UNION ALL
SELECT
    key_of('record', d, s, 'earlier'), extraction_id(d, 'earlier'), record_type, canonical_id,
    '{"of": "' || mention_id || '"}', mention_id
FROM told
WHERE s < 4 AND d % 20 = 0;

CREATE VIEW evidence AS
SELECT
    evidence_id(d, s) AS id, version_id(d) AS document_version_id, s * 200 AS start_char,
    s * 200 + length(quote) AS end_char, quote, CASE WHEN h(c, s) % 20 = 0 THEN 'normalised' ELSE 'exact' END AS match
FROM (SELECT d, c, unnest(range(14)) AS s, unnest(words) AS quote FROM sentences)
WHERE quote <> '' AND (s < 13 OR c % 5 = 0);

CREATE VIEW claim AS
SELECT
    id, record_id, record_type, canonical_id, f.field AS field, f.value AS value,
    CASE WHEN f.earliest IS NOT NULL THEN 'on ' || f.value END AS original_value,
    CASE
        WHEN luck % 300 = 1 AND s IN (8, 9) AND 2 * c >= tenures() THEN 'negated'
        WHEN f.field = 'status' AND f.value = 'planned' THEN 'planned'
        WHEN luck % 12 = 0 THEN 'reported' ELSE 'asserted'
    END AS modality,
    CASE WHEN luck % 30 = 0 THEN 'inferred' WHEN luck % 9 = 0 THEN 'context' ELSE 'stated' END AS basis,
    is_current, f.refers AS refers_to, md5(concat_ws('|', s, f.field, f.value, c)) AS content_key, f.part AS part,
    f.earliest AS value_earliest, f.latest AS value_latest, f.least AS value_least, f.most AS value_most
FROM claims;

CREATE VIEW claim_evidence AS
SELECT id AS claim_id, evidence_id(d, s - 4 * ordinal) AS evidence_id, ordinal
FROM (
    -- The date of a spell rests on two sentences.
    SELECT d, s, id, unnest(range(CASE WHEN s IN (8, 9) AND f.earliest IS NOT NULL THEN 2 ELSE 1 END)) AS ordinal FROM claims
);

CREATE VIEW quarantine AS
SELECT
    key_of('refused', d, n, '') AS id,
    CASE WHEN n = 2 THEN extraction_id(d, 'earlier')
        ELSE extraction_id(d, (['people', 'offices', 'reforms', 'elections', 'statements'])[1 + h(d * 3 + n, 'refused') % 5])
    END AS extraction_id,
    (['person', 'tenure', 'reform', 'election', 'statement'])[1 + h(d * 3 + n, 'refused') % 5] AS record_type,
    '{"name": "' || place(d, 'refused') || '"}' AS payload,
    pick(['quote_not_found', 'value_not_in_text', 'subject_not_in_text', 'invalid_item', 'rule_violated', 'duplicate'], d * 3 + n, 'why') AS reason,
    'Nothing says ' || place(d * 3 + n, 'detail') || '.' AS detail
FROM range(documents()) AS r (d)
CROSS JOIN range(3) AS s (n)
WHERE n = 0 OR (n = 1 AND d % 2 = 0) OR (n = 2 AND d % 20 = 0);

CREATE VIEW mention AS
SELECT
    mention_id AS id, record_type, document_id(d) AS document_id, canonical_id,
    record_type || ' of ' || place(d * 14 + s, 'label') AS label, '{}' AS profile,
    CASE WHEN luck % 3 = 0 THEN mention_id(d - d % 12, s) END AS joined_to,
    CASE WHEN luck % 3 = 0 THEN 'full name' END AS method,
    CASE WHEN luck % 3 = 0 THEN 0.97 END AS score
FROM told
UNION ALL
SELECT
    mention_id(d, 20 + m), kind, document_id(d), contestant(s11, kind, m), 'contestant ' || m, '{}', NULL, NULL, NULL
FROM (SELECT d, s11, contestant_kind(s11) AS kind, unnest(range(4)) AS m FROM subjects WHERE s11 IS NOT NULL)
WHERE kind <> 'option';

CREATE VIEW mention_block AS
SELECT record_type || ' ' || substr(canonical_id, -6) AS block, mention_id FROM told;

CREATE VIEW redirect AS
SELECT
    key_of('person', 'gone', p, '') AS id, 'person' AS record_type, person_id(p) AS target_id,
    moment(DATE '2026-01-01', 0) AS since
FROM range(people()) AS r (p)
WHERE p % 200 = 0;

CREATE VIEW resolver_decision AS
SELECT
    key_of('decision', p, '', '') AS id, 'person' AS record_type, person_id(p) AS left_id,
    person_id((p + 1) % people()) AS right_id, 'unsure' AS judgement, 'near name' AS method, 0.6 AS score,
    'rule' AS decided_by, moment(DATE '2026-01-01', 0) AS created_at
FROM range(people()) AS r (p)
WHERE p % 50 = 0;

CREATE VIEW review_decision AS
SELECT
    key_of('verdict', c, '', '') AS id, md5(concat_ws('|', 0, 'name', person_name_of(s0), c)) AS content_key,
    'accepted' AS verdict, 'somebody' AS decided_by, moment(DATE '2026-01-01', 0) AS decided_at
FROM subjects
WHERE c % 100 = 0 AND NOT is_reprint(d);

CREATE VIEW person AS
SELECT
    person_id(p) AS id, person_name_of(p) AS name, given_name(p) AS given_name, family_name(p) AS family_name,
    edtf(birth(p), precise(p, 'birth')) AS birth_date_edtf, first_day(birth(p), precise(p, 'birth')) AS birth_date_earliest,
    final_day(birth(p), precise(p, 'birth')) AS birth_date_latest,
    CASE WHEN birth(p) IS NULL THEN 'unknown' ELSE 'stated' END AS birth_date_basis, 'unknown' AS death_date_basis,
    gender(p) AS gender, CASE WHEN country_known(p) THEN country_of_person(p) END AS country
FROM range(people()) AS r (p);

CREATE VIEW person_name AS
SELECT
    key_of('name', p, n, '') AS id, person_id(p) AS person_id,
    CASE WHEN n = 0 THEN person_name_of(p) ELSE substr(given_name(p), 1, 1) || '. ' || family_name(p) END AS name,
    'en' AS lang, 'Latn' AS script, CASE WHEN n = 0 THEN 'full' ELSE 'initials' END AS kind
FROM range(people()) AS r (p)
CROSS JOIN range(2) AS s (n)
WHERE n = 0 OR p % 5 = 0;

CREATE VIEW organization AS
SELECT
    organization_id(g) AS id, organization_name(g) AS name, organization_kind(g) AS classification,
    CASE WHEN organization_kind(g) <> 'igo' THEN country_of(g) END AS country
FROM range(bodies() + parties()) AS r (g);

CREATE VIEW office AS
SELECT
    office_id(o) AS id, office_name(o) AS name, organization_id(body_of(o)) AS organization_id, office_role(o) AS role,
    country_of_office(o) AS country
FROM range(offices()) AS r (o);

CREATE VIEW tenure AS
SELECT
    tenure_id(t) AS id, person_id(holder_of(t)) AS person_id, office_id(office_of(t)) AS office_id,
    CASE WHEN start_known(t) THEN edtf(begins(t), precise(t, 'start')) END AS start_edtf,
    CASE WHEN start_known(t) THEN first_day(begins(t), precise(t, 'start')) END AS start_earliest,
    CASE WHEN start_known(t) THEN final_day(begins(t), precise(t, 'start')) END AS start_latest,
    CASE WHEN start_known(t) THEN 'stated' ELSE 'unknown' END AS start_basis,
    CASE WHEN end_known(t) THEN edtf(ends(t), precise(t, 'end')) END AS end_edtf,
    CASE WHEN end_known(t) THEN first_day(ends(t), precise(t, 'end')) END AS end_earliest,
    CASE WHEN end_known(t) THEN final_day(ends(t), precise(t, 'end')) END AS end_latest,
    CASE WHEN end_known(t) THEN 'stated' ELSE 'unknown' END AS end_basis,
    CASE WHEN in_office(t) THEN 'current' ELSE 'ended' END AS status,
    CASE WHEN has_party(t) THEN organization_id(party_of(t)) END AS party_id
FROM range(tenures()) AS r (t);

CREATE VIEW election AS
SELECT
    election_id(e) AS id, election_type(e) AS type, country_of(e) AS country, CAST(polling_day(e) AS VARCHAR) AS date_edtf,
    polling_day(e) AS date_earliest, polling_day(e) AS date_latest, 'stated' AS date_basis, 'held' AS status,
    turnout(e) AS turnout_pct
FROM range(elections()) AS r (e);

CREATE VIEW election_result AS
SELECT
    key_of('result', e, m, '') AS id, election_id(e) AS election_id,
    CASE WHEN kind = 'person' THEN contestant(e, kind, m) END AS person_id,
    CASE WHEN kind = 'organization' THEN contestant(e, kind, m) END AS party_id,
    CASE WHEN kind = 'option' THEN contestant(e, kind, m) END AS option,
    CASE WHEN m < 2 THEN votes(e, kind, m) END AS votes, share(e, kind, m) AS vote_share_pct,
    CASE WHEN m = 0 THEN TRUE END AS won
FROM (SELECT e, contestant_kind(e) AS kind, unnest(range(contestants(e))) AS m FROM range(elections()) AS r (e));

CREATE VIEW reform AS
SELECT
    reform_id(r) AS id, reform_title(r) AS title, country_of(r) AS country, reform_area(r) AS area,
    'law' AS legal_instrument, reform_steps(r)[3] AS current_status
FROM range(reforms()) AS s (r);

CREATE VIEW reform_measure AS
SELECT
    key_of('measure', r, '', '') AS id, reform_id(r) AS reform_id,
    'Changes the rules of ' || topic(r, 'measure') AS description, CAST(3 + r % 9 AS VARCHAR) AS value_new, 'years' AS unit
FROM range(reforms()) AS s (r);

CREATE VIEW reform_event AS
SELECT
    key_of('event', r, step, '') AS id, reform_id(r) AS reform_id, reform_steps(r)[1 + step] AS status,
    edtf(step_day(r, step), precise(r, 'step')) AS date_edtf, first_day(step_day(r, step), precise(r, 'step')) AS date_earliest,
    final_day(step_day(r, step), precise(r, 'step')) AS date_latest, 'stated' AS date_basis, step_by(r, step) AS decided_by
FROM range(reforms()) AS s (r)
CROSS JOIN range(3) AS t (step);

CREATE VIEW statement AS
SELECT
    canonical_id AS id, version_id(d) AS document_version_id, person_id(p) AS speaker_id, speaker(p) AS speaker_surface,
    CASE WHEN p IS NULL THEN 'collective' ELSE 'explicit' END AS attribution, 'direct' AS form, said(c, s) AS text,
    CAST(saying_day(c, s, day) AS VARCHAR) AS date_edtf, saying_day(c, s, day) AS date_earliest,
    saying_day(c, s, day) AS date_latest, CASE WHEN saying_day(c, s, day) IS NULL THEN 'unknown' ELSE 'stated' END AS date_basis,
    topics_of(c, s) AS topics, 'en' AS language
FROM told
WHERE s > 11;
