-- Settled rows that come again: their history says so. Runs before they are taken in.
INSERT INTO ledger.quarantine_event (quarantine_id, event, actor, batch)
SELECT i.quarantine_id, 'reopened', 'doisoat', %(run_id)s
FROM candidate.incoming_quarantine AS i
JOIN ledger.quarantine AS q ON q.quarantine_id = i.quarantine_id AND q.resolved_at IS NOT NULL
ORDER BY i.quarantine_id COLLATE "C";
