-- description: How many values count now.
SELECT COUNT(*) FROM claim WHERE is_current
