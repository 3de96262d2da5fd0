-- description: The text of each document as it was last read, and what its current readings took.
SELECT
    d.uri,
    v.text,
    CAST(SUM(x.tokens_in) AS BIGINT) AS tokens_in,
    CAST(SUM(x.tokens_in_cached) AS BIGINT) AS tokens_in_cached,
    CAST(SUM(x.tokens_out) AS BIGINT) AS tokens_out,
    SUM(x.seconds) AS seconds,
    -- A sum over known prices only would look like the whole cost.
    CASE WHEN COUNT(*) = COUNT(x.cost_usd) THEN SUM(x.cost_usd) END AS cost_usd,
    COUNT(*) FILTER (WHERE x.status <> 'ok') AS failed
FROM extraction AS x
INNER JOIN document_version AS v ON v.id = x.document_version_id
INNER JOIN document AS d ON d.id = v.document_id
WHERE x.status <> 'superseded'
GROUP BY d.uri, v.id, v.text
ORDER BY d.uri COLLATE "C"
