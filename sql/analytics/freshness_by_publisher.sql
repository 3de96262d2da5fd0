-- description: How fresh the articles of each publisher are, one row per publisher and language.
CREATE VIEW analytics.freshness_by_publisher AS
SELECT
    d.publisher,
    v.language,
    COUNT(DISTINCT v.document_id) AS documents,
    COUNT(*) AS texts,
    COUNT(*) FILTER (WHERE v.source_id <> v.id) AS reprints,
    MIN(COALESCE(v.published_earliest, v.published_latest)) AS oldest_published_date,
    MAX(COALESCE(v.published_earliest, v.published_latest)) AS newest_published_date,
    MAX(d.first_seen_at) AS newest_document_seen_at
FROM {schema}.document_version AS v
INNER JOIN {schema}.document AS d ON d.id = v.document_id
GROUP BY d.publisher, v.language;

COMMENT ON VIEW analytics.freshness_by_publisher IS 'How fresh the articles of each publisher are: one row per publisher and language.';
COMMENT ON COLUMN analytics.freshness_by_publisher.publisher IS 'Who published the articles; empty for those that do not say.';
COMMENT ON COLUMN analytics.freshness_by_publisher.language IS 'Language of the articles: ISO 639-1; empty where it could not be told.';
COMMENT ON COLUMN analytics.freshness_by_publisher.documents IS 'How many articles and files were read. An article in two languages counts in both rows.';
COMMENT ON COLUMN analytics.freshness_by_publisher.texts IS 'How many texts they had: an article that was changed has several.';
COMMENT ON COLUMN analytics.freshness_by_publisher.reprints IS 'How many of the texts another document printed first.';
COMMENT ON COLUMN analytics.freshness_by_publisher.oldest_published_date IS 'Day of the oldest of them.';
COMMENT ON COLUMN analytics.freshness_by_publisher.newest_published_date IS 'Day of the newest of them.';
COMMENT ON COLUMN analytics.freshness_by_publisher.newest_document_seen_at IS 'When Polidex last met a new address of theirs.';
