-- Which other session holds a lock on our tables; the strongest lock first, for that is whom to wait for.
SELECT a.pid, a.usename, a.xact_start
FROM pg_locks AS l
JOIN pg_class AS c ON c.oid = l.relation
JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE l.granted AND l.pid <> pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND c.relnamespace IN ('published'::regnamespace, 'ledger'::regnamespace, 'ops'::regnamespace)
ORDER BY array_position(ARRAY[
    'AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock', 'ShareUpdateExclusiveLock',
    'RowExclusiveLock', 'RowShareLock', 'AccessShareLock'
], l.mode), a.xact_start, a.pid
LIMIT 1;
