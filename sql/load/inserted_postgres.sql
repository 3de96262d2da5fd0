-- description: A number that grows by one with each row inserted: Postgres keeps one, unless it was told not to.
SELECT CASE
    WHEN current_setting('track_counts')::boolean THEN pg_stat_get_xact_tuples_inserted('{table}'::regclass)
    ELSE (SELECT count(*) FROM {table})
END
