-- Begins the links that are new or decided otherwise.
INSERT INTO ledger.link (
    dataset, record_id, role, reference, reference_id, status, reason, weight, runner_up_weight, evidence, model,
    decider, decided_by, about_on, local_id, entity_id, valid_from_release, run_id
)
SELECT i.dataset, i.record_id, i.role, i.reference, i.reference_id, i.status, i.reason, i.weight, i.runner_up_weight,
       i.evidence, i.model, i.decider, i.decided_by, i.about_on, i.local_id, i.entity_id, %(release)s, %(run_id)s
FROM candidate.incoming_link AS i
WHERE NOT EXISTS (
    SELECT FROM ledger.link AS l
    WHERE l.record_id = i.record_id AND l.role = i.role AND l.valid_to_release IS NULL
);
