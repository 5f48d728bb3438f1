-- Ends the links that did not hold in the release that is restored.
UPDATE ledger.link AS l SET valid_to_release = %(release)s, ended_at = now()
WHERE l.valid_to_release IS NULL
  AND NOT EXISTS (
      SELECT FROM ledger.link AS old
      WHERE old.record_id = l.record_id AND old.role = l.role AND old.valid_from_release <= %(to)s
        AND (old.valid_to_release > %(to)s OR old.valid_to_release IS NULL)
        AND ROW(old.dataset, old.reference, old.reference_id, old.status, old.reason, old.decider, old.decided_by,
                old.model, old.about_on, old.local_id, old.entity_id)
            IS NOT DISTINCT FROM
            ROW(l.dataset, l.reference, l.reference_id, l.status, l.reason, l.decider, l.decided_by,
                l.model, l.about_on, l.local_id, l.entity_id)
  );
