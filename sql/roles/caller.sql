-- description: Who asks, and what it may do about the roles of this database.
SELECT
    r.rolname AS login,
    r.rolsuper AS is_superuser,
    r.rolcreaterole AS makes_roles,
    pg_has_role(d.datdba, 'USAGE') AS owns_database,
    d.datname AS database
FROM pg_catalog.pg_roles AS r
CROSS JOIN pg_catalog.pg_database AS d
WHERE r.rolname = current_user AND d.datname = current_database()
