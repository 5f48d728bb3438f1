-- Is the application's role there?
SELECT 1 FROM pg_roles WHERE rolname = %(role)s;
