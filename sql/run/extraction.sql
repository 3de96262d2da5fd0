-- description: A reading that is stored, with its replies.
SELECT * FROM extraction WHERE id IN :ids AND status <> 'superseded' ORDER BY id
