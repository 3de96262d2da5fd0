-- How high is turnout, by kind of vote?
SELECT
    type,
    COUNT(*),
    MIN(turnout_pct),
    MAX(turnout_pct),
    ROUND(CAST(AVG(turnout_pct) AS NUMERIC(10, 4)), 2) AS mean,
    ROUND(CAST(percentile_cont(0.5) WITHIN GROUP (ORDER BY turnout_pct) AS NUMERIC(10, 4)), 2) AS median,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seats_total) AS median_seats,
    SUM(seats_total),
    AVG(seats_total) AS mean_seats,
    ROUND(AVG(seats_total), 1) AS mean_seats_rounded
FROM election
GROUP BY type
ORDER BY type
