-- description: Close what Postgres leaves open to everyone who can connect. Only a superuser can.
-- Whoever holds the lock by which writers take turns stops the nightly job; large objects fill the disk.
DO $$
DECLARE
    closed regprocedure;
BEGIN
    FOR closed IN
        SELECT oid
        FROM pg_catalog.pg_proc
        WHERE
            pronamespace = 'pg_catalog'::regnamespace
            AND (proname ~ '^pg_(try_)?advisory_(xact_)?lock' OR proname IN ('lo_creat', 'lo_create', 'lo_from_bytea'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, polidex_analyst', closed);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO polidex_owner, polidex_writer', closed);
    END LOOP;
END
$$;
