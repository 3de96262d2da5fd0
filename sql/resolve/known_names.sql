-- description: The names by which people are known, for the names of a new document.
SELECT DISTINCT person_id, name FROM person_name ORDER BY person_id, name
