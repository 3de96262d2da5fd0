-- description: The number that the next report has.
SELECT COALESCE(MAX(number), 0) + 1 AS number FROM night_report
