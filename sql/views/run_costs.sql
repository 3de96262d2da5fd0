-- description: What each run read, spent and cost.
CREATE VIEW run_costs AS
WITH spent AS (
    SELECT
        x.run_id,
        COUNT(*) AS extractions,
        COUNT(*) FILTER (WHERE x.status IN ('failed', 'refused')) AS failed,
        COUNT(DISTINCT v.document_id) AS documents,
        STRING_AGG(
            DISTINCT CAST(x.model AS TEXT) COLLATE "C", '; ' ORDER BY CAST(x.model AS TEXT) COLLATE "C"
        ) AS models,
        CAST(SUM(x.tokens_in) AS BIGINT) AS tokens_in,
        CAST(SUM(x.tokens_in_cached) AS BIGINT) AS tokens_in_cached,
        CAST(SUM(x.tokens_out) AS BIGINT) AS tokens_out,
        -- A sum of doubles depends on the order in which they come: in its last digit each answer would be another.
        CAST(SUM(CAST(x.seconds AS NUMERIC(18, 6))) AS DOUBLE PRECISION) AS model_seconds,
        -- A sum over known prices only would look like the whole cost.
        CASE
            WHEN COUNT(*) = COUNT(x.cost_usd) THEN CAST(SUM(CAST(x.cost_usd AS NUMERIC(18, 9))) AS DOUBLE PRECISION)
        END AS cost_usd
    FROM extraction AS x
    INNER JOIN document_version AS v ON v.id = x.document_version_id
    GROUP BY x.run_id
)

SELECT
    r.id AS run_id,
    r.status,
    r.started_at,
    r.finished_at,
    CAST(EXTRACT(EPOCH FROM (r.finished_at - r.started_at)) AS DOUBLE PRECISION) AS seconds,
    COALESCE(s.documents, 0) AS documents,
    COALESCE(s.extractions, 0) AS extractions,
    COALESCE(s.failed, 0) AS failed,
    s.models,
    COALESCE(s.tokens_in, 0) AS tokens_in,
    COALESCE(s.tokens_in_cached, 0) AS tokens_in_cached,
    COALESCE(s.tokens_out, 0) AS tokens_out,
    s.model_seconds,
    s.cost_usd,
    r.code_version,
    r.exit_reason
FROM extraction_run AS r
LEFT JOIN spent AS s ON s.run_id = r.id;

COMMENT ON VIEW run_costs IS 'What each run read, spent and cost, added up from its extractions.';
COMMENT ON COLUMN run_costs.run_id IS 'Key of the run.';
COMMENT ON COLUMN run_costs.status IS 'How it stands: running, finished, failed or interrupted.';
COMMENT ON COLUMN run_costs.started_at IS 'When it started.';
COMMENT ON COLUMN run_costs.finished_at IS 'When it ended; empty while it runs, and for ever if it was killed.';
COMMENT ON COLUMN run_costs.seconds IS 'How long it took, in seconds.';
COMMENT ON COLUMN run_costs.documents IS 'How many documents a model read.';
COMMENT ON COLUMN run_costs.extractions IS 'How many times an extractor read a document.';
COMMENT ON COLUMN run_costs.failed IS 'Of these, how many gave nothing.';
COMMENT ON COLUMN run_costs.models IS 'Models asked, joined by a semicolon.';
COMMENT ON COLUMN run_costs.tokens_in IS 'Tokens sent to models, over all attempts.';
COMMENT ON COLUMN run_costs.tokens_in_cached IS 'Of the tokens sent, those that the provider had cached.';
COMMENT ON COLUMN run_costs.tokens_out IS 'Tokens that models wrote, over all attempts.';
COMMENT ON COLUMN run_costs.model_seconds IS 'Time that models took, in seconds, added up.';
COMMENT ON COLUMN run_costs.cost_usd IS 'What it cost, in US dollars; empty when the price of any part is unknown.';
COMMENT ON COLUMN run_costs.code_version IS 'Version of Polidex that ran.';
COMMENT ON COLUMN run_costs.exit_reason IS 'Why it ended, when it did not simply finish.';
