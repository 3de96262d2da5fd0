-- description: A reading that is stored, with its replies.
SELECT id, extractor, status, raw_response FROM extraction WHERE id IN :ids AND status <> 'superseded' ORDER BY id
