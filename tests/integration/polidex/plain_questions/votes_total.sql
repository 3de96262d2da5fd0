-- Votes are large numbers: their sum, their mean, and what is left over.
SELECT election_id, COUNT(votes), MAX(votes) AS most, MAX(votes) - 1 AS less_one, MAX(votes) % 10 AS last_digit, SUM(votes % 1000) AS rests
FROM election_result
WHERE votes < 10000000000000000
GROUP BY election_id
HAVING COUNT(*) > 1
ORDER BY SUM(seats) DESC, election_id
