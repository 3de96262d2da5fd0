-- Who came first in each round, by DISTINCT ON?
SELECT DISTINCT ON (r.election_id, r.round)
    r.election_id, r.round, COALESCE(p.name, g.name, r.option, '?') AS who, r.vote_share_pct, r.won
FROM election_result r
LEFT JOIN person p ON r.person_id = p.id
LEFT JOIN organization g ON r.party_id = g.id
ORDER BY r.election_id, r.round DESC, r.vote_share_pct DESC, r.id
