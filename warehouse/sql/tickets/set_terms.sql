-- The terms of tickets opened from now on, and the gravity from which a difference is repaired.
UPDATE ledger.ticket_term
SET verify_days = %(verify_days)s, repair_days = %(repair_days)s, least_gravity = %(least_gravity)s
WHERE ROW(verify_days, repair_days, least_gravity)
      IS DISTINCT FROM ROW(%(verify_days)s, %(repair_days)s, %(least_gravity)s);
