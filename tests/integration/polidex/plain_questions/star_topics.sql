-- The star: what is spoken about, by quarter.
SELECT f.topic, d.year, d.quarter, COUNT(*) AS statements, MIN(d.day) AS first_day
FROM analytics.fact_statement_topic f
LEFT JOIN analytics.dim_day d ON d.day = f.statement_date
GROUP BY f.topic, d.year, d.quarter
ORDER BY statements DESC, f.topic, d.year, d.quarter
