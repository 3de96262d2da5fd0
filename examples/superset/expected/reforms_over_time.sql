-- description: How many reforms took which step in which year.
SELECT
    CAST(EXTRACT(YEAR FROM COALESCE(date_earliest, date_latest)) AS VARCHAR) AS year,
    step,
    COUNT(DISTINCT reform_id)
FROM reform_timeline
WHERE COALESCE(date_earliest, date_latest) IS NOT NULL
GROUP BY year, step
