-- The last uses of a department, newest first, with the purpose they were granted for.
SELECT u.number, u.used_at, u.table_name, u.client, g.purpose
FROM access.use AS u
LEFT JOIN access.table_grant AS g USING (grant_id)
WHERE u.department = %(name)s
ORDER BY u.number DESC
LIMIT %(limit)s;
