-- description: The logins that are members of a role of Polidex, or can read or write anything of it by another way.
WITH ours AS (
    SELECT
        c.oid,
        n.nspname || '.' || c.relname AS name
    FROM pg_catalog.pg_class AS c
    INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname || '.' || c.relname IN :relations
),

roles AS (
    SELECT
        r.oid,
        r.rolname,
        r.rolsuper,
        -- A superuser has every role and every right: it is none of them in particular.
        CASE
            WHEN r.rolsuper THEN NULL
            WHEN pg_has_role(r.oid, 'polidex_owner', 'MEMBER') THEN 'polidex_owner'
            WHEN pg_has_role(r.oid, 'polidex_writer', 'MEMBER') THEN 'polidex_writer'
            WHEN pg_has_role(r.oid, 'polidex_analyst', 'MEMBER') THEN 'polidex_analyst'
        END AS role
    FROM pg_catalog.pg_roles AS r
    WHERE r.rolcanlogin
)

SELECT
    r.rolname AS login,
    r.role,
    r.rolsuper AS is_superuser,
    has_database_privilege(r.oid, current_database(), 'CONNECT') AS connects,
    s.setconfig AS settings,
    STRING_AGG(o.name, ', ' ORDER BY o.name) AS beyond
FROM roles AS r
LEFT JOIN pg_catalog.pg_db_role_setting AS s
    ON s.setrole = r.oid AND s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
LEFT JOIN ours AS o
    ON NOT r.rolsuper
    AND (
        (has_table_privilege(r.oid, o.oid, 'SELECT') AND (r.role IS NULL OR NOT has_table_privilege(r.role, o.oid, 'SELECT')))
        OR (
            has_table_privilege(r.oid, o.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
            AND (r.role IS NULL OR NOT has_table_privilege(r.role, o.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
        )
    )
GROUP BY r.rolname, r.role, r.rolsuper, r.oid, s.setconfig
HAVING r.role IS NOT NULL OR r.rolsuper OR COUNT(o.name) > 0
ORDER BY r.rolname
