-- How many people are there of each country, and how many of them have a known birth date?
SELECT country, COUNT(*), COUNT(birth_date_earliest) AS with_birth_date, COUNT(DISTINCT name) AS names
FROM person
GROUP BY country
ORDER BY 2 DESC, country DESC
