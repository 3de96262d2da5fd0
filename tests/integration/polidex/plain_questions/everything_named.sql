-- Names of everything, once each, second page.
SELECT name, 'person' AS kind FROM person
UNION SELECT name, 'organization' FROM organization
UNION SELECT name, 'office' FROM office
UNION SELECT title, 'reform' FROM reform
ORDER BY name, kind
LIMIT 25 OFFSET 10
