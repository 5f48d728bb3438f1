-- What people said of quarantined rows and still holds: the last answer to each, in the order in which it was given.
SELECT latest.quarantine_id, q.dataset, q.delivery_id, q.origin_hash, latest.event AS answer, latest.original_hash,
       latest.answer_hash, latest.answer AS texts, latest.batch
FROM (
    SELECT DISTINCT ON (e.quarantine_id) e.*
    FROM ledger.quarantine_event AS e
    WHERE e.event IN ('corrected', 'accepted_as_is', 'withdrawn')
    ORDER BY e.quarantine_id, e.event_id DESC
) AS latest
JOIN ledger.quarantine AS q ON q.quarantine_id = latest.quarantine_id
ORDER BY latest.event_id
