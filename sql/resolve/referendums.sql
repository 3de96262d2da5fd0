-- description: The referendums of some countries.
SELECT e.* FROM election AS e WHERE e.type = 'referendum' AND e.country IN :countries ORDER BY e.id COLLATE "C"
