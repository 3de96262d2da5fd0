-- description: A request that is about to be sent, with the most that it can cost. Written again where nobody knows
-- whether it was committed.
INSERT INTO model_request (id, run_id, reserved_usd) VALUES (:id, :run_id, :reserved_usd)
ON CONFLICT (id) DO NOTHING
