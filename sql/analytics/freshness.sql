-- description: How fresh the data is and how much there is: one row.
CREATE VIEW analytics.freshness AS
WITH documents AS (
    SELECT
        COUNT(DISTINCT v.document_id) AS documents,
        COUNT(*) AS texts,
        COUNT(DISTINCT d.publisher) AS publishers,
        COUNT(DISTINCT v.language) AS languages,
        MIN(COALESCE(v.published_earliest, v.published_latest)) AS oldest_published_date,
        MAX(COALESCE(v.published_earliest, v.published_latest)) AS newest_published_date,
        MAX(d.first_seen_at) AS newest_document_seen_at
    FROM {schema}.document_version AS v
    INNER JOIN {schema}.document AS d ON d.id = v.document_id
),

last_run AS (
    SELECT r.started_at, r.finished_at, r.status
    FROM {schema}.extraction_run AS r
    ORDER BY r.started_at DESC, r.id COLLATE "C" DESC
    LIMIT 1
),

finished AS (
    SELECT MAX(finished_at) AS finished_at FROM {schema}.extraction_run WHERE status = 'finished'
),

amounts AS (
    SELECT
        (SELECT COUNT(*) FROM {schema}.claim WHERE is_current) AS claims,
        (SELECT COUNT(*) FROM {schema}.record) AS records_taken,
        (SELECT COUNT(*) FROM {schema}.quarantine) AS drafts_refused
)

SELECT
    d.newest_published_date,
    d.oldest_published_date,
    d.newest_document_seen_at,
    f.finished_at AS last_finished_at,
    r.status AS last_run_status,
    r.started_at AS last_run_started_at,
    r.finished_at AS last_run_finished_at,
    d.documents,
    d.texts,
    d.publishers,
    d.languages,
    a.claims,
    a.records_taken,
    a.drafts_refused,
    CASE
        WHEN a.records_taken + a.drafts_refused > 0
            THEN CAST(a.drafts_refused AS DOUBLE PRECISION) * 100 / (a.records_taken + a.drafts_refused)
    END AS refused_pct
FROM documents AS d
CROSS JOIN finished AS f
CROSS JOIN amounts AS a
LEFT JOIN last_run AS r ON TRUE;

COMMENT ON VIEW analytics.freshness IS 'How fresh the data is and how much there is: always one row, for the tiles of a dashboard. By publisher it is in freshness_by_publisher.';
COMMENT ON COLUMN analytics.freshness.newest_published_date IS 'Day of the newest article. Nothing in the star is newer than this.';
COMMENT ON COLUMN analytics.freshness.oldest_published_date IS 'Day of the oldest article; what happened before is known only as far as later articles tell it.';
COMMENT ON COLUMN analytics.freshness.newest_document_seen_at IS 'When Polidex last met a new address.';
COMMENT ON COLUMN analytics.freshness.last_finished_at IS 'When a run last finished as it should; the age of the data is the time since.';
COMMENT ON COLUMN analytics.freshness.last_run_status IS 'How the last run stands: running, finished, failed, interrupted. Not finished: look at last_finished_at.';
COMMENT ON COLUMN analytics.freshness.last_run_started_at IS 'When the last run started.';
COMMENT ON COLUMN analytics.freshness.last_run_finished_at IS 'When the last run ended; empty while it runs, and for ever if it was killed.';
COMMENT ON COLUMN analytics.freshness.documents IS 'How many articles and files were read.';
COMMENT ON COLUMN analytics.freshness.texts IS 'How many texts they had: an article that was changed has several.';
COMMENT ON COLUMN analytics.freshness.publishers IS 'How many publishers they name; articles that name none are not counted.';
COMMENT ON COLUMN analytics.freshness.languages IS 'How many languages they are in.';
COMMENT ON COLUMN analytics.freshness.claims IS 'How many values the newest readings give: the rows of fact_claim, and some that tell only that a thing is not known.';
COMMENT ON COLUMN analytics.freshness.records_taken IS 'How many records of the model passed every check, in all readings.';
COMMENT ON COLUMN analytics.freshness.drafts_refused IS 'How many drafts and values of the model were refused, in all readings.';
COMMENT ON COLUMN analytics.freshness.refused_pct IS 'Refused among all, in per cent (0 to 100); empty before the first reading.';
