-- description: What a request did cost.
UPDATE model_request SET spent_usd = :spent_usd WHERE id = :id
