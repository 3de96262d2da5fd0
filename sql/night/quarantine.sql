-- description: How many drafts or values are refused, by reason.
SELECT q.reason, COUNT(*) AS drafts
FROM quarantine AS q
INNER JOIN extraction AS x ON x.id = q.extraction_id
-- What an earlier reading made was refused once; the reading that replaced it has its own.
WHERE x.status <> 'superseded'
GROUP BY q.reason
