-- Rows that wait for a correction; one known already stays as it is.
INSERT INTO ledger.quarantine (
    quarantine_id, dataset, record_id, delivery_id, file, "row", rules, original, run_id
)
SELECT i.quarantine_id, i.dataset, i.record_id, i.delivery_id, i.file, i."row", i.rules, i.original, %(run_id)s
FROM candidate.incoming_quarantine AS i
ON CONFLICT (quarantine_id) DO NOTHING;
