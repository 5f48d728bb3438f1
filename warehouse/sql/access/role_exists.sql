-- Is there a role of that name on the server?
SELECT 1 FROM pg_roles WHERE rolname = %(role)s;
