-- The views of a department.
SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = %(role)s AND c.relkind = 'v' ORDER BY 1;
