-- description: What the nightly job and a review need: rows in and out of every table, and no other change.
-- Not granted: TRUNCATE, REFERENCES, TRIGGER, CREATE. Which migrations ran can be read and not be changed.
REVOKE ALL ON SCHEMA {schemas} FROM PUBLIC, polidex_writer;
GRANT USAGE ON SCHEMA {schemas} TO polidex_writer;
REVOKE ALL ON TABLE {all} FROM PUBLIC, polidex_writer;
GRANT SELECT ON TABLE {all} TO polidex_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE {tables} TO polidex_writer;
