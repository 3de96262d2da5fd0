-- description: Through whom a login is a member of which role of Polidex, and whether another database is open to it too.
SELECT
    g.rolname AS role,
    pg_get_userbyid(m.grantor) AS grantor,
    current_setting('server_version_num')::int AS server_version,
    EXISTS (
        SELECT 1
        FROM pg_catalog.pg_database AS d
        CROSS JOIN LATERAL aclexplode(d.datacl) AS a
        WHERE d.datname <> current_database() AND a.grantee = r.oid AND a.privilege_type = 'CONNECT'
    ) AS elsewhere
FROM pg_catalog.pg_roles AS r
INNER JOIN pg_catalog.pg_auth_members AS m ON m.member = r.oid
INNER JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid
WHERE r.rolname = :login AND g.rolname IN :roles
