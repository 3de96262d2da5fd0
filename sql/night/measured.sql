-- description: What was measured in the last nights of a model that were loaded, the newest first.
SELECT n.gate, n.measured_documents, n.drafts, n.drafts_grounded, n.records
FROM night_report AS n
WHERE n.model = :model AND n.gate <> 'held' AND n.measured_documents >= :documents
ORDER BY n.number DESC
LIMIT 100
