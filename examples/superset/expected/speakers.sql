-- description: How often who is quoted, and how.
SELECT speaker, form, COUNT(*) FROM statements_by_speaker GROUP BY speaker, form
