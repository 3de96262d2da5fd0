-- Who has a name like жан or παπ, however it is written?
SELECT name, LOWER(name), CHAR_LENGTH(name), name LIKE 'Ж%' AS with_capital
FROM person
WHERE name ILIKE '%жан%' OR name ILIKE '%παπ%' OR name LIKE '%\_%' OR name LIKE '%Ångstr_m'
ORDER BY name, id
