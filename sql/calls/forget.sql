-- description: The replies of a reading that is stored as a whole.
DELETE FROM model_reply WHERE extraction_id = :extraction_id
