-- Of these rows, those that are settled, and since when.
SELECT q.quarantine_id, q.resolution, q.resolved_at FROM ledger.quarantine AS q
WHERE q.quarantine_id = ANY(%(ids)s) AND q.resolved_at IS NOT NULL;
