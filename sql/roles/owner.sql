-- description: The owner of all that Polidex keeps: its members run `polidex db upgrade` and `downgrade`.
-- CONNECT is given to each login by itself: the roles are those of the whole server, and another database of Polidex
-- on it must not open to the analysts of this one.
REVOKE ALL ON DATABASE {database} FROM PUBLIC, polidex_owner, polidex_writer, polidex_analyst;
GRANT CREATE, TEMPORARY ON DATABASE {database} TO polidex_owner;
GRANT TEMPORARY ON DATABASE {database} TO polidex_writer;
GRANT CREATE, USAGE ON SCHEMA {schemas} TO polidex_owner;
