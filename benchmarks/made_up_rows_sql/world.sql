-- description: Who and what there is in a made-up world, and what each article tells: functions of a number, so that every table can be streamed.
-- Of documents `d` every twelfth reprints the one before it; `c` counts those that are no reprint. An article has 14
-- places (`s`): people 0-3, their offices 4-5, organizations 6-7, spells 8-9, a reform 10, an election 11, statements
-- 12-13. Each thing is first told in full, so that what its row holds rests on a claim; whoever holds an office now is
-- told of most.
CREATE MACRO h(k, w) AS CAST(hash(k, w, getvariable('seed')) % 1000000 AS BIGINT);
CREATE MACRO u(k, w) AS h(k, w) / 1000000.0;
CREATE MACRO pick(words, k, w) AS words[1 + h(k, w) % len(words)];
CREATE MACRO key_of(kind, a, b, c) AS CASE
    WHEN a IS NOT NULL THEN kind || '_' || substr(md5(concat_ws('|', kind, a, b, c, getvariable('seed'))), 1, 20)
END;

-- How much there is.
CREATE MACRO documents() AS getvariable('documents');
CREATE MACRO articles() AS documents() - documents() // 12;
CREATE MACRO offices() AS 2 * greatest(1, articles() * 8 // 100);
CREATE MACRO tenures() AS 5 * offices();
CREATE MACRO holders() AS offices() * 9 // 2;
CREATE MACRO people() AS articles() * 24 // 10;
CREATE MACRO bodies() AS greatest(2, offices() // 2);
CREATE MACRO parties() AS greatest(4, offices() // 10);
CREATE MACRO reforms() AS greatest(1, articles() // 10);
CREATE MACRO elections() AS greatest(1, articles() // 12);
CREATE MACRO runs() AS greatest(1, documents() // 500);

-- Keys of rows.
CREATE MACRO document_id(d) AS key_of('document', d, '', '');
CREATE MACRO version_id(d) AS key_of('version', d, '', '');
CREATE MACRO run_id(d) AS key_of('run', d * runs() // documents(), '', '');
CREATE MACRO mention_id(d, s) AS key_of('mention', d, s, '');
CREATE MACRO person_id(p) AS key_of('person', p, '', '');
CREATE MACRO organization_id(g) AS key_of('organization', g, '', '');
CREATE MACRO office_id(o) AS key_of('office', o, '', '');
CREATE MACRO tenure_id(t) AS key_of('tenure', t, '', '');
CREATE MACRO reform_id(r) AS key_of('reform', r, '', '');
CREATE MACRO election_id(e) AS key_of('election', e, '', '');
CREATE MACRO statement_id(d, s) AS key_of('statement', d, s, '');

-- Names and days.
CREATE MACRO syllable(k, w) AS pick(
    ['ba', 'den', 'lo', 'mar', 'ri', 'sta', 'tu', 've', 'ka', 'no', 'sel', 'ti', 'gor', 'ha', 'lin', 'mo', 'pe', 'zu'],
    k, w
);
CREATE MACRO titled(word) AS upper(substr(word, 1, 1)) || substr(word, 2);
CREATE MACRO place(k, w) AS titled(syllable(k, w || '1') || syllable(k, w || '2') || syllable(k, w || '3'));
CREATE MACRO given_name(p) AS place(p, 'given');
CREATE MACRO family_name(p) AS place(p, 'family') || syllable(p, 'family4');
CREATE MACRO person_name_of(p) AS given_name(p) || ' ' || family_name(p);
CREATE MACRO gender(p) AS CASE WHEN h(p, 'gender') % 3 = 0 THEN 'female' ELSE 'male' END;
CREATE MACRO edtf(day, letters) AS substr(CAST(day AS VARCHAR), 1, letters);
CREATE MACRO first_day(day, letters) AS CAST(
    CASE letters WHEN 4 THEN date_trunc('year', day) WHEN 7 THEN date_trunc('month', day) ELSE day END AS DATE
);
CREATE MACRO final_day(day, letters) AS CAST(
    CASE letters WHEN 4 THEN make_date(year(day), 12, 31) WHEN 7 THEN last_day(day) ELSE day END AS DATE
);
CREATE MACRO precise(k, w) AS CASE WHEN h(k, w) % 100 < 60 THEN 10 WHEN h(k, w) % 100 < 85 THEN 7 ELSE 4 END;
CREATE MACRO topic(k, w) AS pick(
    [
        'economy', 'health', 'education', 'security', 'energy', 'justice', 'elections', 'trade', 'environment', 'housing',
        'transport', 'migration', 'taxation', 'corruption', 'agriculture', 'media', 'technology', 'pensions'
    ], k, w
);

-- Things of the world.
CREATE MACRO country_of(k) AS pick(getvariable('countries'), k, 'country');
CREATE MACRO body_of(o) AS o % bodies();
CREATE MACRO organization_kind(g) AS CASE
    WHEN g >= bodies() THEN 'party'
    ELSE (['government', 'ministry', 'ministry', 'ministry', 'legislature', 'court', 'committee', 'igo'])[1 + g % 8]
END;
CREATE MACRO organization_name(g) AS CASE
    WHEN g >= bodies() THEN place(g, 'party') || ' Party'
    ELSE titled(organization_kind(g)) || ' of ' || place(g, 'body')
END;
CREATE MACRO office_role(o) AS (
    ['head_of_government', 'minister', 'minister', 'deputy_minister', 'speaker', 'legislator', 'legislator', 'judge',
     'mayor_or_governor', 'chair', 'head_of_state', 'diplomat']
)[1 + h(o, 'role') % 12];
CREATE MACRO office_name(o) AS titled(replace(office_role(o), '_', ' ')) || ' of ' || place(o, 'post');
CREATE MACRO country_of_office(o) AS country_of(body_of(o));
CREATE MACRO country_of_person(p) AS CASE
    WHEN p < holders() THEN country_of_office(p % offices()) ELSE country_of(h(p, 'home'))
END;
CREATE MACRO country_known(p) AS h(p, 'country known') % 10 > 0;
CREATE MACRO birth(p) AS CASE WHEN h(p, 'birth known') % 8 = 0 THEN DATE '1940-01-01' + CAST(h(p, 'birth') % 18000 AS INTEGER) END;

-- Spells: five holders of each office, one after the other; nobody has followed the last.
CREATE MACRO office_of(t) AS t % offices();
CREATE MACRO holder_of(t) AS t % holders();
CREATE MACRO party_of(t) AS bodies() + h(t, 'party') % parties();
CREATE MACRO begins(t) AS DATE '1995-01-01'
    + CAST((t // offices()) * 2190 + h(office_of(t) * 10 + t // offices(), 'start') % 700 AS INTEGER);
CREATE MACRO in_office(t) AS t + offices() >= tenures();
CREATE MACRO ends(t) AS CASE WHEN NOT in_office(t) THEN begins(t + offices()) END;
CREATE MACRO start_known(t) AS h(t, 'start known') % 10 > 0;
CREATE MACRO end_known(t) AS NOT in_office(t) AND h(t, 'end known') % 7 > 0;
CREATE MACRO has_party(t) AS h(t, 'has party') % 2 = 0;

CREATE MACRO reform_steps(r) AS ([
    ['announced', 'adopted', 'in_force'], ['proposed', 'submitted', 'adopted'], ['announced', 'submitted', 'signed'],
    ['proposed', 'submitted', 'rejected']
])[1 + r % 4];
CREATE MACRO reform_title(r) AS titled(topic(r, 'reform')) || ' reform of ' || place(r, 'reform');
CREATE MACRO reform_area(r) AS pick(
    ['presidency', 'parliament', 'electoral_system', 'parties', 'judiciary', 'anti_corruption', 'social_policy', 'economy',
     'governance', 'property'], r, 'area'
);
CREATE MACRO step_day(r, step) AS DATE '2000-01-01' + CAST(h(r, 'reform day') % 9000 + step * 200 AS INTEGER);
CREATE MACRO step_by(r, step) AS pick(['parliament', 'president', 'government', 'referendum', 'court'], r * 3 + step, 'by');

CREATE MACRO election_type(e) AS (['parliamentary', 'presidential', 'parliamentary', 'referendum', 'by_election'])[1 + e % 5];
CREATE MACRO polling_day(e) AS DATE '1995-01-01' + CAST(h(e, 'polling day') % 11000 AS INTEGER);
CREATE MACRO turnout(e) AS round(35 + 55 * u(e, 'turnout'), 1);
CREATE MACRO contestants(e) AS CASE WHEN election_type(e) = 'referendum' THEN 2 ELSE 4 END;
CREATE MACRO contestant_kind(e) AS CASE election_type(e)
    WHEN 'referendum' THEN 'option' WHEN 'parliamentary' THEN 'organization' ELSE 'person'
END;
CREATE MACRO contestant(e, kind, m) AS CASE kind
    WHEN 'option' THEN (['yes', 'no'])[1 + m]
    WHEN 'organization' THEN organization_id(bodies() + (e + m) % parties())
    ELSE person_id((e * 7 + m * 13) % people())
END;
CREATE MACRO share(e, kind, m) AS round(CASE
    WHEN kind <> 'option' THEN ([46, 28, 15, 6])[1 + m] + 2 * u(e * 4 + m, 'share') - 1
    WHEN m = 0 THEN 50 + 30 * u(e, 'share') ELSE 49 - 30 * u(e, 'share')
END, 1);
CREATE MACRO votes(e, kind, m) AS CAST(round(share(e, kind, m) * (1000 + h(e, 'votes'))) AS BIGINT);

-- What an article tells.
CREATE MACRO is_reprint(d) AS d % 12 = 11;
CREATE MACRO article(d) AS d - (d + 1) // 12;
CREATE MACRO document_of(c) AS c + c // 11;
-- The first to tell of each thing; later the newest are told of most.
CREATE MACRO first_of(n, top, luck) AS CASE WHEN n < top THEN n ELSE top - 1 - CAST(floor(top * luck * luck) AS BIGINT) END;

CREATE VIEW spells AS
SELECT
    d, article(d) AS c, first_of(2 * article(d), tenures(), u(article(d), 'spell')) AS t0
FROM range(documents()) AS r (d);

CREATE VIEW both_spells AS
SELECT *, CASE WHEN 2 * c < tenures() THEN 2 * c + 1 ELSE xor(t0, 1) END AS t1 FROM spells;

CREATE VIEW spell_days AS
SELECT *, begins(t0) AS begins0, ends(t0) AS ends0, ends(t1) AS ends1 FROM both_spells;

CREATE VIEW article_days AS
SELECT
    *,
    CASE
        WHEN 2 * c >= tenures() THEN begins0 + CAST(floor(
            u(c, 'day') * (least(coalesce(ends0 + 600, DATE '2026-06-30'), DATE '2026-06-30') - begins0)
        ) AS INTEGER)
        WHEN in_office(t0) THEN DATE '2023-01-01' + CAST(h(c, 'day') % 1270 AS INTEGER)
        ELSE greatest(ends0, ends1) + CAST(h(c, 'day') % 300 AS INTEGER)
    END + CASE WHEN is_reprint(d) THEN CAST(h(d, 'later') % 4 AS INTEGER) ELSE 0 END AS day
FROM spell_days;

-- Of every document its day and what each of its places speaks of; empty where it has no such place.
CREATE VIEW subjects AS
SELECT
    d, c, day,
    holder_of(t0) AS s0,
    holder_of(t1) AS s1,
    holders() + first_of(2 * c, people() - holders(), u(2 * c, 'other')) AS s2,
    holders() + first_of(2 * c + 1, people() - holders(), u(2 * c + 1, 'other')) AS s3,
    office_of(t0) AS s4,
    office_of(t1) AS s5,
    CASE WHEN c < bodies() + parties() THEN c ELSE body_of(office_of(t0)) END AS s6,
    party_of(t0) AS s7,
    t0 AS s8,
    t1 AS s9,
    CASE WHEN c % 2 = 0 THEN (c // 2) % reforms() END AS s10,
    ((c // 2) // reforms()) % 3 AS step,
    CASE WHEN c % 4 = 1 THEN (c // 4) % elections() END AS s11,
    CASE WHEN h(c, 'nameless') % 12 > 0 THEN s0 END AS s12,
    CASE WHEN h(c, 'nameless too') % 12 > 0 THEN s2 END AS s13
FROM article_days;

-- The words: each place of an article is 200 characters, its sentence and then others.
CREATE MACRO said(c, s) AS 'We will put ' || topic(c * 14 + s, 'said1') || ' before ' || topic(c * 14 + s, 'said2') || ' in '
    || place(c * 14 + s, 'said') || ', whatever it takes.';
CREATE MACRO speaker(p) AS coalesce(person_name_of(p), 'an official');
CREATE MACRO of_person(c, s, p) AS person_name_of(p) || ' met voters in ' || place(c * 4 + s, 'met') || '.';
CREATE MACRO of_office(o) AS 'The post is that of the ' || office_name(o) || '.';
CREATE MACRO of_organization(g) AS organization_name(g) || ' took note.';
CREATE MACRO of_tenure(t) AS person_name_of(holder_of(t)) || ' became ' || office_name(office_of(t)) || ' on '
    || CAST(begins(t) AS VARCHAR) || '.';
CREATE MACRO of_reform(r, step) AS coalesce('The ' || reform_title(r) || ' was ' || reform_steps(r)[1 + step] || '.', '');
CREATE MACRO of_election(e) AS coalesce('The ' || election_type(e) || ' vote of ' || CAST(polling_day(e) AS VARCHAR)
    || ' had a turnout of ' || turnout(e) || ' per cent.', '');
CREATE MACRO of_statement(c, s, p) AS speaker(p) || ' said: ' || said(c, s);
CREATE MACRO placed(words) AS rpad(
    words || ' ', 199, 'Nothing else of it is known, and whoever was asked about it gave no answer. '
) || chr(10);

CREATE VIEW sentences AS
SELECT
    *,
    [
        of_person(c, 0, s0), of_person(c, 1, s1), of_person(c, 2, s2), of_person(c, 3, s3), of_office(s4), of_office(s5),
        of_organization(s6), of_organization(s7), of_tenure(s8), of_tenure(s9), of_reform(s10, step), of_election(s11),
        of_statement(c, 12, s12), of_statement(c, 13, s13)
    ] AS words
FROM subjects;
