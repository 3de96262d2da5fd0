-- description: The settings that a login starts with in this database, by name.
SELECT SPLIT_PART(one, '=', 1) AS name
FROM pg_catalog.pg_db_role_setting AS s
INNER JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
INNER JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
CROSS JOIN LATERAL UNNEST(s.setconfig) AS each (one)
WHERE r.rolname = :login AND d.datname = current_database()
