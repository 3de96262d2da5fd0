-- description: What the readings of this database took so far, by extractor and model, over those that asked anything.
SELECT
    extractor,
    model,
    CAST(sum(windows) AS BIGINT) AS calls,
    CAST(sum(tokens_in) AS BIGINT) AS tokens_in,
    CAST(sum(tokens_in_cached) AS BIGINT) AS tokens_in_cached,
    CAST(sum(tokens_out) AS BIGINT) AS tokens_out,
    sum(seconds) AS seconds
FROM extraction
WHERE windows > 0 AND tokens_in > 0 AND status IN ('ok', 'partial')
GROUP BY extractor, model
ORDER BY extractor COLLATE "C", model COLLATE "C"
