-- Keeps the figures that a link began with, before they move for the first time.
INSERT INTO ledger.first_figures (record_id, role, valid_from_release, weight, runner_up_weight, evidence)
SELECT l.record_id, l.role, l.valid_from_release, l.weight, l.runner_up_weight, l.evidence
FROM ledger.link AS l
JOIN candidate.incoming_link AS i ON i.record_id = l.record_id AND i.role = l.role
WHERE l.valid_to_release IS NULL AND l.refreshed_at IS NULL
  AND ROW(i.weight, i.runner_up_weight, i.evidence) IS DISTINCT FROM ROW(l.weight, l.runner_up_weight, l.evidence);
