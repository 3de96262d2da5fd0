-- description: What every article tells, place by place (`told`), and the claims that this makes (`claims`).
CREATE VIEW places AS
SELECT
    d, c, day, step, s8, s9, s12, s13, unnest(range(14)) AS s,
    unnest([s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, c, c]) AS k
FROM subjects;

CREATE VIEW told AS
SELECT
    d, c, day, step, s, k,
    -- The first who tells of it tells all.
    CASE
        WHEN s IN (0, 1) THEN 2 * c + s < holders()
        WHEN s IN (2, 3) THEN holders() + 2 * c + s - 2 < people()
        WHEN s IN (4, 5) THEN 2 * c + s - 4 < offices()
        WHEN s = 6 THEN c < bodies() + parties()
        WHEN s IN (8, 9) THEN 2 * c + s - 8 < tenures()
        WHEN s = 10 THEN c // 2 < 3 * reforms()
        WHEN s = 11 THEN c // 4 < elections()
        ELSE FALSE
    END AS is_new,
    CASE s WHEN 12 THEN s12 ELSE s13 END AS p,
    (['person', 'person', 'person', 'person', 'office', 'office', 'organization', 'organization', 'tenure', 'tenure',
      'reform', 'election', 'statement', 'statement'])[1 + s] AS record_type,
    (['people', 'people', 'people', 'people', 'offices', 'offices', 'offices', 'offices', 'offices', 'offices', 'reforms',
      'elections', 'statements', 'statements'])[1 + s] AS extractor,
    CASE WHEN s > 11 THEN statement_id(d, s)
        ELSE key_of((['person', 'person', 'person', 'person', 'office', 'office', 'organization', 'organization', 'tenure',
                      'tenure', 'reform', 'election'])[1 + s], k, '', '')
    END AS canonical_id,
    mention_id(d, s) AS mention_id,
    h(c * 14 + s, 'told') AS luck
FROM places
WHERE k IS NOT NULL AND (s < 13 OR c % 5 = 0);

CREATE MACRO extraction_id(d, extractor) AS key_of('extraction', d, extractor, '');
CREATE MACRO record_id(d, s) AS key_of('record', d, s, '');
CREATE MACRO evidence_id(d, s) AS key_of('evidence', d, s, '');

CREATE MACRO fact(f, v, of_part, refers) AS struct_pack(
    field := f, value := CAST(v AS VARCHAR), part := CAST(of_part AS VARCHAR), earliest := CAST(NULL AS DATE),
    latest := CAST(NULL AS DATE), least := CAST(NULL AS DOUBLE), most := CAST(NULL AS DOUBLE), refers := CAST(refers AS VARCHAR)
);
CREATE MACRO dated(f, day, letters, of_part) AS struct_pack(
    field := f, value := CAST(edtf(day, letters) AS VARCHAR), part := CAST(of_part AS VARCHAR),
    earliest := first_day(day, letters), latest := final_day(day, letters), least := CAST(NULL AS DOUBLE),
    most := CAST(NULL AS DOUBLE), refers := CAST(NULL AS VARCHAR)
);
CREATE MACRO counted(f, number, half, of_part) AS struct_pack(
    field := f, value := CAST(number AS VARCHAR), part := CAST(of_part AS VARCHAR), earliest := CAST(NULL AS DATE),
    latest := CAST(NULL AS DATE), least := CAST(number - half AS DOUBLE), most := CAST(number + half AS DOUBLE),
    refers := CAST(NULL AS VARCHAR)
);
-- Another source may be less exact, or wrong.
CREATE MACRO letters_told(is_new, exact, luck) AS CASE WHEN is_new THEN exact ELSE least(exact, ([10, 10, 7, 4])[1 + luck % 4]) END;
CREATE MACRO is_wrong(is_new, luck, per_mille) AS NOT is_new AND (luck // 7) % 1000 < per_mille;

CREATE MACRO facts_of_person(luck, p, is_new) AS [
    fact('name', CASE WHEN is_new OR luck % 25 > 0 THEN person_name_of(p) ELSE substr(given_name(p), 1, 1) || '. ' || family_name(p) END, NULL, NULL),
    fact('country', CASE
        WHEN NOT country_known(p) OR NOT (is_new OR luck % 10 < 6) THEN NULL
        WHEN is_wrong(is_new, luck, 30) THEN country_of(luck)
        ELSE country_of_person(p)
    END, NULL, NULL),
    fact('gender', CASE WHEN is_new OR luck % 10 < 3 THEN gender(p) END, NULL, NULL),
    dated('birth_date', CASE WHEN is_wrong(is_new, luck, 60) THEN birth(p) + 400 ELSE birth(p) END, letters_told(is_new, precise(p, 'birth'), luck), NULL)
];
CREATE MACRO facts_of_office(luck, o, is_new) AS [
    fact('name', office_name(o), NULL, NULL),
    fact('role', CASE WHEN is_wrong(is_new, luck, 20) THEN 'other' ELSE office_role(o) END, NULL, NULL),
    fact('country', CASE WHEN is_new OR luck % 10 < 5 THEN country_of_office(o) END, NULL, NULL),
    fact('organization_id', CASE WHEN is_new THEN organization_id(body_of(o)) END, NULL, mention_id(document_of(body_of(o)), 6))
];
CREATE MACRO facts_of_organization(luck, g, is_new) AS [
    fact('name', organization_name(g), NULL, NULL),
    fact('classification', CASE WHEN is_wrong(is_new, luck, 20) THEN 'other' ELSE organization_kind(g) END, NULL, NULL),
    fact('country', CASE WHEN organization_kind(g) <> 'igo' AND (is_new OR luck % 10 < 5) THEN country_of(g) END, NULL, NULL)
];
CREATE MACRO facts_of_tenure(d, i, day, luck, t, is_new) AS [
    fact('person_id', person_id(holder_of(t)), NULL, mention_id(d, i)),
    fact('office_id', office_id(office_of(t)), NULL, mention_id(d, 4 + i)),
    fact('status', CASE
        WHEN day < begins(t) THEN 'planned' WHEN in_office(t) OR day <= ends(t) THEN 'current' ELSE 'ended'
    END, NULL, NULL),
    dated('start', CASE
        WHEN NOT start_known(t) THEN NULL WHEN is_wrong(is_new, luck, 50) THEN begins(t) + 400 ELSE begins(t)
    END, letters_told(is_new, precise(t, 'start'), luck), NULL),
    dated('end', CASE
        WHEN NOT end_known(t) OR day < ends(t) THEN NULL WHEN is_wrong(is_new, luck // 3, 50) THEN ends(t) - 400 ELSE ends(t)
    END, letters_told(is_new, precise(t, 'end'), luck // 2), NULL),
    fact('party_id', CASE WHEN has_party(t) AND (is_new OR i = 0) THEN organization_id(party_of(t)) END, NULL, mention_id(d, 7))
];
CREATE MACRO facts_of_reform(luck, r, step, is_new) AS [
    fact('title', reform_title(r) || CASE WHEN is_new OR luck % 10 > 0 THEN '' ELSE ' and more' END, NULL, NULL),
    fact('country', country_of(r), NULL, NULL),
    fact('area', CASE WHEN is_wrong(is_new, luck, 40) THEN 'other' ELSE reform_area(r) END, NULL, NULL),
    fact('legal_instrument', 'law', NULL, NULL),
    fact('current_status', reform_steps(r)[1 + step], NULL, NULL),
    dated('event.date', step_day(r, step) + CASE WHEN is_wrong(is_new, luck, 60) THEN 40 ELSE 0 END,
          letters_told(is_new, precise(r, 'step'), luck), reform_steps(r)[1 + step]),
    fact('event.decided_by', CASE WHEN is_wrong(is_new, luck // 5, 40) THEN 'unknown' ELSE step_by(r, step) END, reform_steps(r)[1 + step], NULL),
    fact('measure.description', CASE WHEN is_new OR luck % 2 = 0 THEN 'Changes the rules of ' || topic(r, 'measure') END, NULL, NULL),
    counted('measure.value_new', CASE WHEN is_new OR luck % 2 = 0 THEN 3 + r % 9 END, 0.5, NULL),
    fact('measure.unit', CASE WHEN is_new OR luck % 2 = 0 THEN 'years' END, NULL, NULL)
];
CREATE MACRO facts_of_contestant(d, luck, e, kind, m, is_new) AS [
    fact('result.' || CASE kind WHEN 'option' THEN 'option' WHEN 'person' THEN 'person_id' ELSE 'party_id' END,
         contestant(e, kind, m), NULL, CASE WHEN kind <> 'option' THEN mention_id(d, 20 + m) END),
    counted('result.vote_share_pct', share(e, kind, m) + CASE WHEN is_wrong(is_new, luck + m * 7000, 40) THEN 3 ELSE 0 END, 0.05,
            CASE kind WHEN 'option' THEN contestant(e, kind, m) ELSE mention_id(d, 20 + m) END),
    counted('result.votes', CASE WHEN m < 2 THEN votes(e, kind, m) END, 0.5,
            CASE kind WHEN 'option' THEN contestant(e, kind, m) ELSE mention_id(d, 20 + m) END),
    fact('result.won', CASE WHEN m = 0 THEN 'true' END,
         CASE kind WHEN 'option' THEN contestant(e, kind, m) ELSE mention_id(d, 20 + m) END, NULL)
];
CREATE MACRO facts_of_election(d, day, luck, e, is_new) AS [
    fact('type', election_type(e), NULL, NULL),
    fact('country', country_of(e), NULL, NULL),
    dated('date', polling_day(e) + CASE WHEN is_wrong(is_new, luck, 40) THEN 7 ELSE 0 END, letters_told(is_new, 10, luck), NULL),
    fact('status', CASE WHEN is_new OR day >= polling_day(e) THEN 'held' ELSE 'scheduled' END, NULL, NULL),
    counted('turnout_pct', CASE WHEN is_new OR luck % 2 = 0 THEN turnout(e) + CASE WHEN is_wrong(is_new, luck // 3, 60) THEN 2 ELSE 0 END END, 0.05, NULL)
];
CREATE MACRO topics_of(c, s) AS topic(c * 14 + s, 'topic1') || CASE
    WHEN h(c * 14 + s, 'topics') % 3 = 0 AND topic(c * 14 + s, 'topic1') <> topic(c * 14 + s, 'topic2') THEN '; ' || topic(c * 14 + s, 'topic2')
    ELSE ''
END;
CREATE MACRO saying_day(c, s, day) AS CASE WHEN h(c * 14 + s, 'saying day') % 3 = 0 THEN day - 1 END;
CREATE MACRO facts_of_statement(d, c, s, day, p) AS [
    fact('speaker_id', person_id(p), NULL, mention_id(d, 2 * (s - 12))),
    fact('speaker_surface', speaker(p), NULL, NULL),
    fact('attribution', CASE WHEN p IS NULL THEN 'collective' ELSE 'explicit' END, NULL, NULL),
    fact('form', 'direct', NULL, NULL),
    fact('text', said(c, s), NULL, NULL),
    fact('topics', topics_of(c, s), NULL, NULL),
    dated('date', saying_day(c, s, day), 10, NULL)
];

CREATE VIEW claims AS
WITH given AS (
    SELECT *, unnest(facts_of_person(luck, k, is_new)) AS f FROM told WHERE s < 4
    UNION ALL
    SELECT *, unnest(facts_of_office(luck, k, is_new)) FROM told WHERE s IN (4, 5)
    UNION ALL
    SELECT *, unnest(facts_of_organization(luck, k, is_new)) FROM told WHERE s IN (6, 7)
    UNION ALL
    SELECT *, unnest(facts_of_tenure(d, s - 8, day, luck, k, is_new)) FROM told WHERE s IN (8, 9)
    UNION ALL
    SELECT *, unnest(facts_of_reform(luck, k, step, is_new)) FROM told WHERE s = 10
    UNION ALL
    SELECT *, unnest(facts_of_election(d, day, luck, k, is_new)) FROM told WHERE s = 11
    UNION ALL
    SELECT * EXCLUDE (kind, m), unnest(facts_of_contestant(d, luck, k, kind, m, is_new))
    FROM (SELECT *, contestant_kind(k) AS kind, unnest(range(contestants(k))) AS m FROM told WHERE s = 11)
    WHERE is_new OR day >= polling_day(k)
    UNION ALL
    SELECT *, unnest(facts_of_statement(d, c, s, day, p)) FROM told WHERE s > 11
)

SELECT
    key_of('claim', d, s, f.field || coalesce(f.part, f.refers, f.value)) AS id,
    record_id(d, s) AS record_id,
    *,
    TRUE AS is_current
FROM given
WHERE f.value IS NOT NULL
UNION ALL
-- An earlier reading, which another one replaced.
SELECT
    key_of('claim', d, s, 'earlier') AS id, key_of('record', d, s, 'earlier') AS record_id, *,
    fact('name', person_name_of(k), NULL, NULL) AS f,
    FALSE AS is_current
FROM told
WHERE s < 4 AND d % 20 = 0;
