-- An open ticket tells how the values differ now.
UPDATE ledger.ticket AS t SET kind = d.kind, gravity = d.gravity
FROM published.discrepancy AS d
WHERE d.discrepancy_id = t.discrepancy_id AND t.state <> 'closed'
  AND ROW(t.kind, t.gravity) IS DISTINCT FROM ROW(d.kind, d.gravity);
