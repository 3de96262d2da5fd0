-- description: What people are reported to have said, one row for each statement.
-- uses: analytics.dim_country
CREATE VIEW analytics.fact_statement AS
SELECT
    s.id AS statement_id,
    s.speaker_id AS person_id,
    COALESCE(p.name, s.speaker_surface) AS speaker,
    p.country AS country_code,
    n.country_name,
    s.document_version_id,
    s.form,
    s.attribution,
    s.text AS statement,
    s.language,
    s.date_edtf AS statement_date_edtf,
    s.date_earliest AS statement_date_earliest,
    s.date_latest AS statement_date_latest,
    COALESCE(s.date_earliest, s.date_latest) AS statement_date,
    CASE
        WHEN s.date_earliest = s.date_latest THEN 'day'
        WHEN EXTRACT(DAY FROM s.date_earliest) = 1 AND s.date_latest = CAST(s.date_earliest + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) THEN 'month'
        WHEN EXTRACT(DOY FROM s.date_earliest) = 1 AND s.date_latest = CAST(s.date_earliest + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) THEN 'year'
        WHEN s.date_earliest IS NOT NULL OR s.date_latest IS NOT NULL THEN 'range'
    END AS statement_date_precision,
    s.date_basis AS statement_date_basis,
    COALESCE(v.published_earliest, v.published_latest) AS published_date,
    s.venue,
    s.occasion,
    s.medium,
    s.addressee,
    about_person.id AS about_person_id,
    about_organization.id AS about_organization_id,
    about_office.id AS about_office_id,
    about_reform.id AS about_reform_id,
    about_election.id AS about_election_id
FROM {schema}.statement AS s
INNER JOIN {schema}.document_version AS v ON v.id = s.document_version_id
LEFT JOIN {schema}.person AS p ON p.id = s.speaker_id
LEFT JOIN analytics.dim_country AS n ON n.country_code = p.country
LEFT JOIN {schema}.person AS about_person ON about_person.id = s.about_id
LEFT JOIN {schema}.organization AS about_organization ON about_organization.id = s.about_id
LEFT JOIN {schema}.office AS about_office ON about_office.id = s.about_id
LEFT JOIN {schema}.reform AS about_reform ON about_reform.id = s.about_id
LEFT JOIN {schema}.election AS about_election ON about_election.id = s.about_id;

COMMENT ON VIEW analytics.fact_statement IS 'What people are reported to have said: one row per statement in one text. Its topics are in fact_statement_topic, one row each, so count statements here.';
COMMENT ON COLUMN analytics.fact_statement.statement_id IS 'Key of the statement; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.fact_statement.person_id IS 'Who spoke; empty when that could not be told, or when it was a group. Joins dim_person.';
COMMENT ON COLUMN analytics.fact_statement.speaker IS 'Name of the person, or else the words that the text has for the speaker, such as the ministry. Group by person_id where it is not empty.';
COMMENT ON COLUMN analytics.fact_statement.country_code IS 'Country whose politics the speaker belongs to: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.fact_statement.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.fact_statement.document_version_id IS 'The text that reports it. Joins dim_document.';
COMMENT ON COLUMN analytics.fact_statement.form IS 'direct: the speaker''s own words. mixed: some of them. indirect: none.';
COMMENT ON COLUMN analytics.fact_statement.attribution IS 'How the text names the speaker: explicit, pronoun, implicit or collective.';
COMMENT ON COLUMN analytics.fact_statement.statement IS 'The words. For direct and mixed, exactly as they stand in the article.';
COMMENT ON COLUMN analytics.fact_statement.language IS 'Language of the words: ISO 639-1.';
COMMENT ON COLUMN analytics.fact_statement.statement_date_edtf IS 'Date of the statement, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.fact_statement.statement_date_earliest IS 'First day that the statement can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_statement.statement_date_latest IS 'Last day that the statement can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.fact_statement.statement_date IS 'One day for the time axis: statement_date_earliest, or statement_date_latest where that is empty. A date known only as 2019 stands on 2019-01-01: see statement_date_precision. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_statement.statement_date_precision IS 'How precise that date is: day, month, year, or range for anything else. Chart by day only what is day.';
COMMENT ON COLUMN analytics.fact_statement.statement_date_basis IS 'What the date rests on: stated (the words say it), context (other words of the document complete it), inferred, external or unknown.';
COMMENT ON COLUMN analytics.fact_statement.published_date IS 'First day on which the article can have been published. The time axis that is nearly always filled: it was said then or earlier. Joins dim_day on day.';
COMMENT ON COLUMN analytics.fact_statement.venue IS 'Where it was said.';
COMMENT ON COLUMN analytics.fact_statement.occasion IS 'The event at which it was said.';
COMMENT ON COLUMN analytics.fact_statement.medium IS 'How it was made public, such as an interview.';
COMMENT ON COLUMN analytics.fact_statement.addressee IS 'Whom it was said to.';
COMMENT ON COLUMN analytics.fact_statement.about_person_id IS 'The person that it is about. Joins dim_person on person_id. At most one of the about columns is filled.';
COMMENT ON COLUMN analytics.fact_statement.about_organization_id IS 'The organization that it is about. Joins dim_organization on organization_id.';
COMMENT ON COLUMN analytics.fact_statement.about_office_id IS 'The office that it is about. Joins dim_office on office_id.';
COMMENT ON COLUMN analytics.fact_statement.about_reform_id IS 'The reform that it is about. Joins dim_reform on reform_id.';
COMMENT ON COLUMN analytics.fact_statement.about_election_id IS 'The election that it is about. Joins dim_election on election_id.';
