-- Tables that departments may be let into, and whose rows are not yet held back from them.
SELECT n.nspname, c.relname
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND NOT c.relrowsecurity
  AND (n.nspname = 'published' OR n.nspname = 'ledger' AND c.relname = 'change')
ORDER BY 1, 2;
