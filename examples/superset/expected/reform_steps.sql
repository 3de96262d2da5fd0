-- description: The steps of reforms that have a date.
SELECT c.country_name, r.title, r.step, r.date_edtf, r.current_status
FROM reform_timeline AS r
LEFT JOIN analytics.dim_country AS c ON c.country_code = r.country
WHERE COALESCE(r.date_earliest, r.date_latest) IS NOT NULL
