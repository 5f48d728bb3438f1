-- Settled rows that come again: their history says so. Runs before they are taken in, and passes over the same rows.
INSERT INTO ledger.quarantine_event (quarantine_id, event, actor, batch)
SELECT i.quarantine_id, 'reopened', 'doisoat', %(run_id)s
FROM candidate.incoming_quarantine AS i
JOIN ledger.quarantine AS q ON q.quarantine_id = i.quarantine_id AND q.resolved_at IS NOT NULL
WHERE q.resolution <> 'withdrawn' OR i.content_hash IS NULL OR split_part(i.delivery_id, '/', 1) LIKE '%%.corrections'
ORDER BY i.quarantine_id COLLATE "C";
