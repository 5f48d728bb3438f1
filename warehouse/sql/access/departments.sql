-- All departments, how many tables each may read today, and when one last did.
SELECT d.name, d.title, d.role_name, d.created_at, d.closed_at,
       (SELECT count(*) FROM access.table_grant AS g
        WHERE g.department = d.name AND g.revoked_at IS NULL AND g.expires_at > now()),
       (SELECT u.used_at FROM access.use AS u WHERE u.department = d.name ORDER BY u.number DESC LIMIT 1)
FROM access.department AS d
ORDER BY d.name;
