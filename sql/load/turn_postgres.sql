-- description: Writers of one database take turns, one transaction each, so that no two insert the same key.
SELECT pg_advisory_xact_lock(hashtext('polidex turn'))
