-- What people said of quarantined rows and still holds: the last answer to each, in the order in which it was given.
-- One that no run took in before its source settled the row itself was overtaken: what the source sent has the last word.
SELECT latest.quarantine_id, q.dataset, q.delivery_id, q.origin_hash, latest.event AS answer, latest.original_hash,
       latest.answer_hash, latest.answer AS texts, latest.batch
FROM (
    SELECT DISTINCT ON (e.quarantine_id) e.*
    FROM ledger.quarantine_event AS e
    WHERE e.event IN ('corrected', 'accepted_as_is', 'withdrawn')
    ORDER BY e.quarantine_id, e.event_id DESC
) AS latest
JOIN ledger.quarantine AS q ON q.quarantine_id = latest.quarantine_id
WHERE latest.event = 'withdrawn'
   OR q.resolution IS NULL OR q.resolution NOT IN ('delivered_again', 'no_longer_sent', 'replaced')
   OR EXISTS (
       SELECT FROM ops.delivery AS d
       WHERE d.delivery_id = regexp_replace(q.delivery_id, '(\.corrections)?/.*', '.corrections/') || latest.batch
   )
ORDER BY latest.event_id
