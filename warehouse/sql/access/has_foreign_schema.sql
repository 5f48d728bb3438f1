-- Is there a schema of that name which was not made for this department's pin?
SELECT 1 FROM pg_namespace AS n
WHERE n.nspname = %(schema)s
  AND NOT EXISTS (SELECT FROM access.department AS d WHERE d.name = %(name)s AND d.pinned_release IS NOT NULL);
