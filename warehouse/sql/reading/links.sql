-- The decisions that hold now, in the order of DECISIONS.
SELECT dataset, record_id, role, reference, reference_id, status, reason, weight, runner_up_weight, evidence, model
FROM ledger.link
WHERE valid_to_release IS NULL
ORDER BY dataset COLLATE "C", record_id COLLATE "C", role COLLATE "C";
