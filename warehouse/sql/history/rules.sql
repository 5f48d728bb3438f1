-- Records checked and failed of each rule in one run.
SELECT q.dataset, q.unit, q.rule, q.checked, q.failed FROM ops.quality_rule AS q
WHERE q.run_id = %(run_id)s
ORDER BY q.dataset COLLATE "C", q.unit COLLATE "C", q.rule COLLATE "C";
