-- description: A reply, before its document is loaded.
INSERT INTO model_reply (extraction_id, start_char, end_char, reply, error_code, usage)
VALUES (:extraction_id, :start_char, :end_char, :reply, :error_code, :usage)
ON CONFLICT (extraction_id, start_char, end_char) DO UPDATE SET
    reply = excluded.reply,
    error_code = excluded.error_code,
    usage = excluded.usage
