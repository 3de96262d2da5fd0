-- description: Governments, ministries, chambers, parties, courts and other bodies, one row each.
-- uses: analytics.dim_country
CREATE VIEW analytics.dim_organization AS
SELECT
    g.id AS organization_id,
    g.name AS organization,
    g.classification,
    g.country AS country_code,
    c.country_name,
    g.parent_id AS parent_organization_id,
    larger.name AS parent_organization
FROM {schema}.organization AS g
LEFT JOIN analytics.dim_country AS c ON c.country_code = g.country
LEFT JOIN {schema}.organization AS larger ON larger.id = g.parent_id;

COMMENT ON VIEW analytics.dim_organization IS 'Bodies that act in politics, parties among them: one row per organization. The party_id of a fact joins here, on organization_id = party_id.';
COMMENT ON COLUMN analytics.dim_organization.organization_id IS 'Key of the organization; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.dim_organization.organization IS 'Name. Two can share one, such as two Ministries of Defence: group by organization_id, or with country_code.';
COMMENT ON COLUMN analytics.dim_organization.classification IS 'What kind of body: government, ministry, legislature, chamber, committee, party, igo (international), court, media, company, other.';
COMMENT ON COLUMN analytics.dim_organization.country_code IS 'Country that it belongs to: ISO 3166-1 code of two letters; empty for an international one. Joins dim_country.';
COMMENT ON COLUMN analytics.dim_organization.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.dim_organization.parent_organization_id IS 'The organization that it is part of. Joins dim_organization on organization_id.';
COMMENT ON COLUMN analytics.dim_organization.parent_organization IS 'Name of the organization that it is part of.';
