-- Rows that this run settled: what came after them says why. Runs after the run's own rows were taken in.
WITH settled AS (
    UPDATE ledger.quarantine AS q
    SET resolved_release = coalesce(%(release)s, 0), resolved_at = now(), resolution = i.resolution
    FROM candidate.incoming_closing AS i
    WHERE i.quarantine_id = q.quarantine_id AND q.resolved_at IS NULL
    RETURNING q.quarantine_id, q.resolution
)
INSERT INTO ledger.quarantine_event (quarantine_id, event, actor, batch, reason)
SELECT s.quarantine_id, 'resolved', 'doisoat', %(run_id)s, s.resolution FROM settled AS s
ORDER BY s.quarantine_id COLLATE "C";
