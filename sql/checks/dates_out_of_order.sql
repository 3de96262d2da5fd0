-- description: The first day that a date can be is not after the last one.
SELECT 'document_version.published' AS what, id FROM document_version WHERE published_earliest > published_latest
UNION ALL
SELECT 'person.birth_date' AS what, id FROM person WHERE birth_date_earliest > birth_date_latest
UNION ALL
SELECT 'person.death_date' AS what, id FROM person WHERE death_date_earliest > death_date_latest
UNION ALL
SELECT 'person dies before birth' AS what, id FROM person WHERE death_date_latest < birth_date_earliest
UNION ALL
SELECT 'tenure.start' AS what, id FROM tenure WHERE start_earliest > start_latest
UNION ALL
SELECT 'tenure.end' AS what, id FROM tenure WHERE end_earliest > end_latest
UNION ALL
SELECT 'election.date' AS what, id FROM election WHERE date_earliest > date_latest
UNION ALL
SELECT 'reform_event.date' AS what, id FROM reform_event WHERE date_earliest > date_latest
UNION ALL
SELECT 'statement.date' AS what, id FROM statement WHERE date_earliest > date_latest
