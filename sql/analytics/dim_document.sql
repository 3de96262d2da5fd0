-- description: Articles and files that were read, one row for each text.
CREATE VIEW analytics.dim_document AS
SELECT
    v.id AS document_version_id,
    v.document_id,
    d.uri AS url,
    d.publisher,
    v.title,
    v.language,
    v.published_edtf,
    v.published_earliest,
    v.published_latest,
    COALESCE(v.published_earliest, v.published_latest) AS published_date,
    CASE
        WHEN v.published_earliest = v.published_latest THEN 'day'
        WHEN EXTRACT(DAY FROM v.published_earliest) = 1 AND v.published_latest = CAST(v.published_earliest + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) THEN 'month'
        WHEN EXTRACT(DOY FROM v.published_earliest) = 1 AND v.published_latest = CAST(v.published_earliest + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) THEN 'year'
        WHEN v.published_earliest IS NOT NULL OR v.published_latest IS NOT NULL THEN 'range'
    END AS published_date_precision,
    v.published_basis,
    d.first_seen_at,
    COALESCE(v.source_id, v.id) AS source_id,
    COALESCE(v.source_id <> v.id, FALSE) AS is_reprint,
    d.retracted_at IS NOT NULL AS is_retracted
FROM {schema}.document_version AS v
INNER JOIN {schema}.document AS d ON d.id = v.document_id;

COMMENT ON VIEW analytics.dim_document IS 'Articles and files that were read: one row for each text. An article that was changed has one row for each of its texts: count document_id, each once, to count articles, and source_id to count a word-for-word reprint and its original as one.';
COMMENT ON COLUMN analytics.dim_document.document_version_id IS 'Key of the text. Facts join here.';
COMMENT ON COLUMN analytics.dim_document.document_id IS 'Key of the article or file that had this text; COUNT(DISTINCT document_id) counts articles.';
COMMENT ON COLUMN analytics.dim_document.url IS 'Address of the article: a URL, or the path of a file as it was given.';
COMMENT ON COLUMN analytics.dim_document.publisher IS 'Who published it, as its page or its text says; empty when neither does.';
COMMENT ON COLUMN analytics.dim_document.title IS 'Headline.';
COMMENT ON COLUMN analytics.dim_document.language IS 'Language of the text: ISO 639-1, such as en.';
COMMENT ON COLUMN analytics.dim_document.published_edtf IS 'Date of publication, as precise as the sources (EDTF: 2019, 2019-03, 2011/2013). The one to show to people.';
COMMENT ON COLUMN analytics.dim_document.published_earliest IS 'First day that publication can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_document.published_latest IS 'Last day that publication can be; empty if open or unknown.';
COMMENT ON COLUMN analytics.dim_document.published_date IS 'One day for the time axis: published_earliest, or published_latest where that is empty. A date known only as 2019 stands on 2019-01-01: see published_date_precision. Joins dim_day on day.';
COMMENT ON COLUMN analytics.dim_document.published_date_precision IS 'How precise that date is: day, month, year, or range for anything else. Chart by day only what is day.';
COMMENT ON COLUMN analytics.dim_document.published_basis IS 'What the date rests on: stated (the words say it), context (other words of the document complete it), inferred, external or unknown.';
COMMENT ON COLUMN analytics.dim_document.first_seen_at IS 'When Polidex first met this address.';
COMMENT ON COLUMN analytics.dim_document.source_id IS 'The text that this one was first printed as; its own key when it is no reprint.';
COMMENT ON COLUMN analytics.dim_document.is_reprint IS 'Whether another document printed the same text first.';
COMMENT ON COLUMN analytics.dim_document.is_retracted IS 'Whether the document was withdrawn.';
