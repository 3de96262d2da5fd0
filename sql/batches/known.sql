-- description: What providers call the batches that are known to be there.
SELECT b.provider_batch_id FROM provider_batch AS b WHERE b.provider_batch_id IS NOT NULL
