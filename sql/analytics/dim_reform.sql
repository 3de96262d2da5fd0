-- description: Reforms, one row each.
-- uses: analytics.dim_country
CREATE VIEW analytics.dim_reform AS
SELECT
    r.id AS reform_id,
    r.title AS reform,
    r.country AS country_code,
    c.country_name,
    r.area,
    r.legal_instrument,
    r.current_status AS reform_status,
    r.parent_id AS parent_reform_id,
    larger.title AS parent_reform
FROM {schema}.reform AS r
LEFT JOIN analytics.dim_country AS c ON c.country_code = r.country
LEFT JOIN {schema}.reform AS larger ON larger.id = r.parent_id;

COMMENT ON VIEW analytics.dim_reform IS 'Changes of the rules, from their announcement on: one row per reform. Its steps are in fact_reform_step, what it changes in fact_reform_measure; both have several rows for a reform, so count reforms here.';
COMMENT ON COLUMN analytics.dim_reform.reform_id IS 'Key of the reform; the same in every run. polidex explain takes it.';
COMMENT ON COLUMN analytics.dim_reform.reform IS 'What the reform is, in a few words.';
COMMENT ON COLUMN analytics.dim_reform.country_code IS 'Country that reforms: ISO 3166-1 code of two letters. Joins dim_country.';
COMMENT ON COLUMN analytics.dim_reform.country_name IS 'Name of the country in English; empty where no country is known.';
COMMENT ON COLUMN analytics.dim_reform.area IS 'What it reforms: presidency, parliament, electoral_system, parties, local_government, judiciary, civil_liberties, criminal_justice, anti_corruption, social_policy, economy, governance, property, other.';
COMMENT ON COLUMN analytics.dim_reform.legal_instrument IS 'What kind of act makes it: constitutional_amendment, law, decree, law_repeal, programme, unknown.';
COMMENT ON COLUMN analytics.dim_reform.reform_status IS 'How far it got, by the newest documents: announced, proposed, submitted, adopted, signed, in_force, rejected, repealed; empty when no source says.';
COMMENT ON COLUMN analytics.dim_reform.parent_reform_id IS 'The larger reform that it is part of; both are counted as reforms. Joins dim_reform on reform_id.';
COMMENT ON COLUMN analytics.dim_reform.parent_reform IS 'The larger reform, in a few words.';
