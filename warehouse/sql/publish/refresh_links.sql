-- The same decision with other figures stays one link: its weight and evidence are the latest.
UPDATE ledger.link AS l
SET weight = i.weight, runner_up_weight = i.runner_up_weight, evidence = i.evidence, refreshed_at = now()
FROM candidate.incoming_link AS i
WHERE l.valid_to_release IS NULL AND i.record_id = l.record_id AND i.role = l.role
  AND ROW(i.weight, i.runner_up_weight, i.evidence) IS DISTINCT FROM ROW(l.weight, l.runner_up_weight, l.evidence);
