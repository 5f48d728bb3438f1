-- Rows in quarantine that are not settled, with the last thing that people did with each.
SELECT q.quarantine_id, q.dataset, q.record_id, q.delivery_id, q.file, q."row", q.rules, q.original, q.unit,
       q.operation, q.content_hash, q.origin_hash, q.tables, q.proposals, q.run_id, q.first_seen_at,
       CASE
           -- An answer that a run took in and that did not help leaves the row as open as before.
           WHEN last.event IN ('corrected', 'accepted_as_is') AND NOT EXISTS (
               SELECT FROM ops.delivery AS d
               WHERE d.delivery_id = regexp_replace(q.delivery_id, '(\.corrections)?/.*', '.corrections/') || last.batch
           ) THEN 'answered'
           WHEN last.event IN ('exported', 'returned') THEN last.event
           ELSE 'open'
       END AS state,
       last.event AS last_event, last.actor AS last_actor, last.happened_at AS last_at,
       CASE WHEN last.event = 'returned' THEN last.due_on END AS returned_until, last.answer AS last_answer
FROM ledger.quarantine AS q
LEFT JOIN (
    SELECT DISTINCT ON (e.quarantine_id) e.*
    FROM ledger.quarantine_event AS e
    JOIN ledger.quarantine AS own ON own.quarantine_id = e.quarantine_id AND own.resolved_at IS NULL
    -- An export says only that somebody looked: it takes back neither an answer nor a deadline given to an office.
    ORDER BY e.quarantine_id, e.event IN ('exported', 'unclear'), e.event_id DESC
) AS last ON last.quarantine_id = q.quarantine_id
WHERE q.resolved_at IS NULL
ORDER BY q.dataset COLLATE "C", q.delivery_id COLLATE "C", q.file COLLATE "C", q."row", q.quarantine_id COLLATE "C"
