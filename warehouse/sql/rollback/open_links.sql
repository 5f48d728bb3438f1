-- Begins anew the links that held in the release that is restored, as the run that made them decided them.
INSERT INTO ledger.link (
    dataset, record_id, role, reference, reference_id, status, reason, weight, runner_up_weight, evidence, model,
    decider, decided_by, about_on, local_id, entity_id, valid_from_release, run_id
)
SELECT old.dataset, old.record_id, old.role, old.reference, old.reference_id, old.status, old.reason, old.weight,
       old.runner_up_weight, old.evidence, old.model, old.decider, old.decided_by, old.about_on, old.local_id, old.entity_id,
       %(release)s, old.run_id
FROM ledger.link AS old
WHERE old.valid_from_release <= %(to)s AND old.valid_to_release > %(to)s
  AND NOT EXISTS (
      SELECT FROM ledger.link AS l
      WHERE l.record_id = old.record_id AND l.role = old.role AND l.valid_to_release IS NULL
  );
