-- description: Who corrects a value says what it rightly is.
SELECT id, content_key
FROM review_decision
WHERE verdict = 'corrected' AND corrected_value IS NULL
