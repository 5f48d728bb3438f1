-- A row that is withdrawn needs no run to be settled.
UPDATE ledger.quarantine AS q SET resolved_at = now(), resolution = 'withdrawn'
FROM pg_temp.incoming_event AS i
WHERE i.quarantine_id = q.quarantine_id AND i.event = 'withdrawn' AND q.resolved_at IS NULL;
