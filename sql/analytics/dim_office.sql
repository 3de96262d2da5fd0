-- description: Posts, whoever holds them, one row each.
-- uses: analytics.dim_country
CREATE VIEW analytics.dim_office AS
SELECT
    o.id AS office_id,
    o.name AS office,
    o.role,
    o.level,
    o.branch,
    o.organization_id,
    g.name AS organization,
    o.country AS country_code,
    c.country_name,
    o.wikidata_id
FROM {schema}.office AS o
LEFT JOIN {schema}.organization AS g ON g.id = o.organization_id
LEFT JOIN analytics.dim_country AS c ON c.country_code = o.country;

COMMENT ON VIEW analytics.dim_office IS 'Posts, whoever holds them: one row per office. Who held it when is in fact_tenure.';
COMMENT ON COLUMN analytics.dim_office.office_id IS 'Key of the office; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.dim_office.office IS 'Name of the post. Many countries have a Prime Minister: group by office_id, or with country_code.';
COMMENT ON COLUMN analytics.dim_office.role IS 'What the holder does, in words that are the same in every country: head_of_state, head_of_government, deputy_head, minister, deputy_minister, speaker, legislator, judge, diplomat, igo_official, mayor_or_governor, chair, other.';
COMMENT ON COLUMN analytics.dim_office.level IS 'How far its power reaches: national, subnational, supranational, international; empty when no source says.';
COMMENT ON COLUMN analytics.dim_office.branch IS 'Branch of power: executive, legislative, judicial, other; empty when no source says.';
COMMENT ON COLUMN analytics.dim_office.organization_id IS 'The organization that the post is in. Joins dim_organization.';
COMMENT ON COLUMN analytics.dim_office.organization IS 'Name of that organization.';
COMMENT ON COLUMN analytics.dim_office.country_code IS 'Country whose office it is: ISO 3166-1 code of two letters; empty for an international one. Joins dim_country.';
COMMENT ON COLUMN analytics.dim_office.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.dim_office.wikidata_id IS 'Number in Wikidata, such as Q42, where a source gives it.';
