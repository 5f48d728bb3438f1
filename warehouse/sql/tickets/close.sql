-- Closes the tickets whose difference is gone: it agrees now if the link still holds, else the ticket is withdrawn.
-- A difference that stands as it was but is asked of nobody any more (the terms changed) is withdrawn too, and what a
-- rollback shows no more: nobody repaired it.
WITH term AS MATERIALIZED (
    SELECT ledger.ticket_clock(coalesce(%(at)s::timestamptz, now())) AS at, s.least_gravity FROM ledger.ticket_term AS s
), closed AS (
    UPDATE ledger.ticket AS t
    SET state = 'closed', is_standing = false, closed_at = term.at, closed_release = %(release)s,
        outcome = CASE
            WHEN NOT %(is_rollback)s AND EXISTS (
                SELECT FROM ledger.link AS l
                WHERE l.record_id = t.record_id AND l.role = t.role AND l.valid_to_release IS NULL
                  AND l.status = 'linked' AND l.reference = t.reference AND l.reference_id = t.reference_id
            ) AND NOT EXISTS (
                SELECT FROM published.discrepancy AS d WHERE d.discrepancy_id = t.discrepancy_id AND d.kind = t.kind
            ) THEN 'agrees'
            ELSE 'withdrawn'
        END
    FROM term
    WHERE t.state <> 'closed'
      AND NOT EXISTS (
          SELECT FROM published.discrepancy AS d
          WHERE d.discrepancy_id = t.discrepancy_id AND d.gravity >= term.least_gravity
      )
    RETURNING t.ticket_id, t.office, t.outcome, term.at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, release, office, outcome, actor)
SELECT c.ticket_id, 'closed', c.at, %(release)s, c.office, c.outcome, 'doisoat' FROM closed AS c
ORDER BY c.ticket_id COLLATE "C";
