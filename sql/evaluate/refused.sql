-- description: What was put in quarantine, one row for each draft or value that was refused, with the reason.
SELECT
    q.record_type,
    q.reason,
    q.detail,
    q.payload
FROM quarantine AS q
ORDER BY q.record_type COLLATE "C", q.payload COLLATE "C", q.detail COLLATE "C"
