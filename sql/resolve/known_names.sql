-- description: The full names by which people are known, for the names of a new document. A surname is no such name:
-- it is one person's in one text and another's in the next, and which comes first must not matter.
SELECT DISTINCT person_id, name FROM person_name WHERE kind = 'full' ORDER BY person_id, name
