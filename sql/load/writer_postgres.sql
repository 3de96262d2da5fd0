-- description: Be the one writer of a database until this connection ends. The server may need a moment to see that the
-- process of the last one is gone; of a machine that is gone it hears after a minute.
SET LOCAL lock_timeout = '3s';
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3;
SELECT pg_advisory_lock(hashtext('polidex load'))
