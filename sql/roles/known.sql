-- description: What is known of a role by its name.
SELECT
    r.rolname AS name,
    r.rolcanlogin AS can_login,
    r.rolsuper AS is_superuser,
    d.datdba = r.oid AS owns_database
FROM pg_catalog.pg_roles AS r
CROSS JOIN pg_catalog.pg_database AS d
WHERE r.rolname = :name AND d.datname = current_database()
