-- description: People in politics, one row each.
-- uses: analytics.dim_country
CREATE VIEW analytics.dim_person AS
SELECT
    p.id AS person_id,
    p.name AS person,
    p.given_name,
    p.family_name,
    p.gender,
    p.country AS country_code,
    c.country_name,
    p.birth_date_edtf,
    p.birth_date_earliest,
    p.birth_date_latest,
    COALESCE(p.birth_date_earliest, p.birth_date_latest) AS birth_date,
    p.death_date_edtf,
    p.death_date_earliest,
    p.death_date_latest,
    COALESCE(p.death_date_earliest, p.death_date_latest) AS death_date,
    p.wikidata_id
FROM {schema}.person AS p
LEFT JOIN analytics.dim_country AS c ON c.country_code = p.country;

COMMENT ON VIEW analytics.dim_person IS 'People in politics: one row per person, however the sources spell the name. Who only wrote an article is not here.';
COMMENT ON COLUMN analytics.dim_person.person_id IS 'Key of the person; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.dim_person.person IS 'Full name as the sources give it best. Two people can share one: group by person_id.';
COMMENT ON COLUMN analytics.dim_person.given_name IS 'Given name, where a source tells it apart.';
COMMENT ON COLUMN analytics.dim_person.family_name IS 'Family name, where a source tells it apart.';
COMMENT ON COLUMN analytics.dim_person.gender IS 'Gender, where a source says it: female, male, other; mostly empty.';
COMMENT ON COLUMN analytics.dim_person.country_code IS 'Country whose politics the person belongs to: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.dim_person.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.dim_person.birth_date_edtf IS 'Date of birth, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.dim_person.birth_date_earliest IS 'First day that birth can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_person.birth_date_latest IS 'Last day that birth can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_person.birth_date IS 'One day for the time axis: birth_date_earliest, or birth_date_latest where that is empty.';
COMMENT ON COLUMN analytics.dim_person.death_date_edtf IS 'Date of death, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.dim_person.death_date_earliest IS 'First day that death can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_person.death_date_latest IS 'Last day that death can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_person.death_date IS 'One day for the time axis: death_date_earliest, or death_date_latest where that is empty.';
COMMENT ON COLUMN analytics.dim_person.wikidata_id IS 'Number in Wikidata, such as Q42, where a source gives it.';
