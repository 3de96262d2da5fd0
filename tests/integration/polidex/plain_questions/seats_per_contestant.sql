-- How many seats did each contestant of a vote win on average, and how many votes stand behind a seat?
SELECT election_id, SUM(seats) / COUNT(*) AS mean, ROUND(SUM(votes) / NULLIF(SUM(seats), 0), 1) AS votes_for_a_seat
FROM election_result
WHERE votes < 1000000
GROUP BY election_id
HAVING SUM(seats) > 0
ORDER BY SUM(seats) / COUNT(*) DESC, election_id
