-- What was done with quarantined rows, all at one moment.
INSERT INTO ledger.quarantine_event (
    quarantine_id, event, actor, batch, place, reason, due_on, original_hash, answer_hash, answer
)
SELECT i.quarantine_id, i.event, i.actor, i.batch, i.place, i.reason, i.due_on, i.original_hash, i.answer_hash, i.answer
FROM pg_temp.incoming_event AS i
ORDER BY i.quarantine_id COLLATE "C";
