-- description: The replies of which no document was loaded yet.
SELECT extraction_id, start_char, end_char, reply, error_code, usage
FROM model_reply
