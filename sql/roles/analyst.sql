-- description: What analysts see: the views, the tables of merged rows, and the schema analytics. Nothing can be changed.
-- Granted table by table: ALL TABLES and default privileges would open the replies of models and the whole texts too.
REVOKE ALL ON SCHEMA {schemas} FROM PUBLIC, polidex_analyst;
GRANT USAGE ON SCHEMA {schemas} TO polidex_analyst;
REVOKE ALL ON TABLE {all} FROM PUBLIC, polidex_analyst;
GRANT SELECT ON TABLE {readable} TO polidex_analyst;
