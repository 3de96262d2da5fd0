-- description: A decision about a claim, by its key.
SELECT d.id, d.content_key FROM review_decision AS d WHERE d.id = :id
