-- Is there a department, and does everybody have rights on the database?
SELECT 1 FROM access.department
WHERE has_database_privilege('public', current_database(), 'CONNECT, TEMPORARY')
LIMIT 1;
