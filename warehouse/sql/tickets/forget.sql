-- A difference that is gone while its ticket was closed already may come back and reopen it.
UPDATE ledger.ticket AS t SET is_standing = false
FROM ledger.ticket_term AS s
WHERE t.is_standing AND t.state = 'closed'
  AND NOT EXISTS (
      SELECT FROM published.discrepancy AS d
      WHERE d.discrepancy_id = t.discrepancy_id AND d.gravity >= s.least_gravity
  );
