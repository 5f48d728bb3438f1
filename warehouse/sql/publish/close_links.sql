-- Ends the links that are decided otherwise now, or whose record is held no more.
UPDATE ledger.link AS l SET valid_to_release = %(release)s
WHERE l.valid_to_release IS NULL
  AND NOT EXISTS (
      SELECT FROM candidate.incoming_link AS i
      WHERE i.record_id = l.record_id AND i.role = l.role
        AND ROW(i.dataset, i.reference, i.reference_id, i.status, i.reason)
            IS NOT DISTINCT FROM ROW(l.dataset, l.reference, l.reference_id, l.status, l.reason)
  );
