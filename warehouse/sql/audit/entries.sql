-- The last entries of the audit log, newest first.
SELECT e.position, e.recorded_at, e.actor, e.action, e.subject, e.detail
FROM audit.entry AS e
ORDER BY e.position DESC
LIMIT %(limit)s;
