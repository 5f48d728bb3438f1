-- Ends the links that are decided otherwise or by another now, or whose record says otherwise or is held no more.
UPDATE ledger.link AS l SET valid_to_release = %(release)s, ended_at = now()
WHERE l.valid_to_release IS NULL
  AND NOT EXISTS (
      SELECT FROM candidate.incoming_link AS i
      WHERE i.record_id = l.record_id AND i.role = l.role
        AND ROW(i.dataset, i.reference, i.reference_id, i.status, i.reason, i.decider, i.decided_by, i.model,
                i.about_on, i.local_id, i.entity_id)
            IS NOT DISTINCT FROM
            ROW(l.dataset, l.reference, l.reference_id, l.status, l.reason, l.decider, l.decided_by, l.model,
                l.about_on, l.local_id, l.entity_id)
  );
