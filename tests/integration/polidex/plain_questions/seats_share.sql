-- Which share of the seats of its election did each party win?
SELECT
    r.election_id,
    g.name,
    r.seats,
    r.seats * 1.0 / SUM(e.seats_total) OVER (PARTITION BY r.election_id) AS of_all,
    100.0 * r.seats / SUM(r.seats) OVER (PARTITION BY r.election_id) AS share_pct,
    r.seats * 100 / NULLIF(e.seats_total, 0) AS whole_pct,
    SUM(r.seats) OVER (PARTITION BY r.election_id ORDER BY r.id) AS running
FROM election_result r
JOIN election e ON e.id = r.election_id
LEFT JOIN organization g ON g.id = r.party_id
WHERE r.seats > 0
ORDER BY r.election_id, r.id
