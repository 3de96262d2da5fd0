-- description: Calendar days, one row each.
CREATE VIEW analytics.dim_day AS
WITH known AS (
    SELECT MIN(COALESCE(birth_date_earliest, birth_date_latest)) AS first_day, MAX(COALESCE(birth_date_latest, birth_date_earliest)) AS last_day FROM {schema}.person
    UNION ALL
    SELECT MIN(COALESCE(death_date_earliest, death_date_latest)) AS first_day, MAX(COALESCE(death_date_latest, death_date_earliest)) AS last_day FROM {schema}.person
    UNION ALL
    SELECT MIN(COALESCE(start_earliest, start_latest)) AS first_day, MAX(COALESCE(start_latest, start_earliest)) AS last_day FROM {schema}.tenure
    UNION ALL
    SELECT MIN(COALESCE(end_earliest, end_latest)) AS first_day, MAX(COALESCE(end_latest, end_earliest)) AS last_day FROM {schema}.tenure
    UNION ALL
    SELECT MIN(COALESCE(date_earliest, date_latest)) AS first_day, MAX(COALESCE(date_latest, date_earliest)) AS last_day FROM {schema}.reform_event
    UNION ALL
    SELECT MIN(COALESCE(date_earliest, date_latest)) AS first_day, MAX(COALESCE(date_latest, date_earliest)) AS last_day FROM {schema}.election
    UNION ALL
    SELECT MIN(COALESCE(date_earliest, date_latest)) AS first_day, MAX(COALESCE(date_latest, date_earliest)) AS last_day FROM {schema}.statement
    UNION ALL
    SELECT MIN(COALESCE(published_earliest, published_latest)) AS first_day, MAX(COALESCE(published_latest, published_earliest)) AS last_day FROM {schema}.document_version
),

span AS (
    -- A date that is off by centuries does not make a calendar of millions of days.
    SELECT
        make_date(CAST(GREATEST(EXTRACT(YEAR FROM MIN(first_day)), 1700) AS INTEGER), 1, 1) AS first_day,
        make_date(CAST(LEAST(EXTRACT(YEAR FROM MAX(last_day)), 2100) AS INTEGER), 12, 31) AS last_day
    FROM known
    HAVING MIN(first_day) IS NOT NULL
),

days AS (
    SELECT CAST(s.first_day + CAST(n.number AS INTEGER) AS DATE) AS day
    FROM span AS s
    CROSS JOIN LATERAL generate_series(0, CAST(s.last_day - s.first_day AS INTEGER)) AS n (number)
),

parts AS (
    SELECT
        day,
        CAST(EXTRACT(YEAR FROM day) AS BIGINT) AS year,
        CAST(EXTRACT(QUARTER FROM day) AS BIGINT) AS quarter,
        CAST(EXTRACT(MONTH FROM day) AS BIGINT) AS month,
        CAST(EXTRACT(DAY FROM day) AS BIGINT) AS day_of_month,
        CAST(EXTRACT(ISODOW FROM day) AS BIGINT) AS weekday
    FROM days
)

SELECT
    day,
    year,
    quarter,
    month,
    day_of_month,
    weekday,
    split_part('January February March April May June July August September October November December', ' ', CAST(month AS INTEGER)) AS month_name,
    split_part('Monday Tuesday Wednesday Thursday Friday Saturday Sunday', ' ', CAST(weekday AS INTEGER)) AS weekday_name,
    make_date(CAST(year AS INTEGER), CAST(month AS INTEGER), 1) AS first_of_month,
    make_date(CAST(year AS INTEGER), 1, 1) AS first_of_year,
    CAST(year AS VARCHAR) || '-' || LPAD(CAST(month AS VARCHAR), 2, '0') AS year_month,
    CAST(year AS VARCHAR) || '-Q' || CAST(quarter AS VARCHAR) AS year_quarter
FROM parts;

COMMENT ON VIEW analytics.dim_day IS 'Calendar: one row per day, whole years, from the first to the last year that any date of the star falls in (within 1700 to 2100). Any DATE of a fact joins on day, such as fact_tenure.start_date = dim_day.day; use a left join from the fact, for dates can be empty.';
COMMENT ON COLUMN analytics.dim_day.day IS 'The day: the key.';
COMMENT ON COLUMN analytics.dim_day.year IS 'Calendar year, as a number.';
COMMENT ON COLUMN analytics.dim_day.quarter IS 'Quarter of the year, 1 to 4.';
COMMENT ON COLUMN analytics.dim_day.month IS 'Month, 1 to 12.';
COMMENT ON COLUMN analytics.dim_day.day_of_month IS 'Day of the month, 1 to 31.';
COMMENT ON COLUMN analytics.dim_day.weekday IS 'Day of the week, 1 (Monday) to 7 (Sunday).';
COMMENT ON COLUMN analytics.dim_day.month_name IS 'Name of the month in English; sort by month.';
COMMENT ON COLUMN analytics.dim_day.weekday_name IS 'Name of the weekday in English; sort by weekday.';
COMMENT ON COLUMN analytics.dim_day.first_of_month IS 'First day of its month: a time axis by month.';
COMMENT ON COLUMN analytics.dim_day.first_of_year IS 'First day of its year: a time axis by year.';
COMMENT ON COLUMN analytics.dim_day.year_month IS 'Year and month as text, such as 2019-03.';
COMMENT ON COLUMN analytics.dim_day.year_quarter IS 'Year and quarter as text, such as 2019-Q1.';
