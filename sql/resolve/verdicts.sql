-- description: What reviewers decided about claims, the last word on each last.
SELECT d.* FROM review_decision AS d ORDER BY d.decided_at, d.id COLLATE "C"
