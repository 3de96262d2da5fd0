-- description: What share each contestant got.
SELECT
    COALESCE(p.name, g.name, r.option) || ' (' || COALESCE(e.country || ' ', '')
    || COALESCE(LEFT(e.date_edtf, 4), 'no date') || COALESCE(', round ' || CAST(r.round AS VARCHAR), '') || ')' AS label,
    e.type,
    MAX(r.vote_share_pct)
FROM election_result AS r
INNER JOIN election AS e ON e.id = r.election_id
LEFT JOIN person AS p ON p.id = r.person_id
LEFT JOIN organization AS g ON g.id = r.party_id
WHERE r.vote_share_pct IS NOT NULL
GROUP BY label, e.type
