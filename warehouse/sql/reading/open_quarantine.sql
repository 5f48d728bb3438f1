-- Rows in quarantine that wait for a correction.
SELECT quarantine_id, dataset, record_id, delivery_id, file, "row", rules, original, run_id
FROM ledger.quarantine
WHERE resolved_release IS NULL
ORDER BY dataset COLLATE "C", delivery_id COLLATE "C", file COLLATE "C", "row", quarantine_id COLLATE "C";
