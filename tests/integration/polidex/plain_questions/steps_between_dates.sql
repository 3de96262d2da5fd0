-- Which steps of reforms fall between two days, and how long after the step before?
SELECT
    reform_id, status, date_earliest,
    date_earliest - LAG(date_earliest) OVER (PARTITION BY reform_id ORDER BY date_earliest, id) AS days_since,
    ROW_NUMBER() OVER (PARTITION BY reform_id ORDER BY date_earliest DESC, id DESC) AS from_the_end,
    CAST(date_earliest + INTERVAL '1 month' AS DATE) AS month_later,
    date_trunc('month', date_earliest) AS month
FROM reform_event
WHERE date_earliest BETWEEN DATE '2019-01-01' AND '2021-12-31'
ORDER BY reform_id, date_earliest, id
