-- Statements by form and year, with totals.
SELECT form, EXTRACT(YEAR FROM date_earliest) AS year, COUNT(*), GROUPING(form) AS total
FROM statement
GROUP BY ROLLUP (form, EXTRACT(YEAR FROM date_earliest))
ORDER BY form, year, total, 3
