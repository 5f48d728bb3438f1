-- Which session holds the run lock, and since when is it connected?
SELECT l.pid, coalesce(a.backend_start, now())
FROM pg_locks AS l
LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = 1685022059 AND l.objid = 1 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
