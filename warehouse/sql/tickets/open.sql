-- Opens a ticket for every confirmed difference that must be repaired and has none yet.
WITH term AS MATERIALIZED (
    SELECT ledger.ticket_clock(coalesce(%(at)s::timestamptz, now())) AS at, s.* FROM ledger.ticket_term AS s
), opened AS (
    INSERT INTO ledger.ticket (
        ticket_id, discrepancy_id, dataset, record_id, role, field, kind, gravity, reference, reference_id, office,
        state, is_standing, opened_release, opened_at, verify_by, due_on
    )
    SELECT 'T' || substr(d.discrepancy_id, 2), d.discrepancy_id, d.dataset, d.record_id, d.role, d.field, d.kind,
           d.gravity, l.reference, l.reference_id, d.office, 'open', true, %(release)s, term.at,
           (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days,
           (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days + term.repair_days
    FROM published.discrepancy AS d
    CROSS JOIN term
    JOIN ledger.link AS l
      ON l.record_id = d.record_id AND l.role = d.role AND l.valid_to_release IS NULL AND l.status = 'linked'
    WHERE d.is_confirmed AND d.gravity >= term.least_gravity
      AND NOT EXISTS (SELECT FROM ledger.ticket AS t WHERE t.discrepancy_id = d.discrepancy_id)
    RETURNING ticket_id, office, opened_at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, release, office, actor)
SELECT o.ticket_id, 'opened', o.opened_at, %(release)s, o.office, 'doisoat' FROM opened AS o
ORDER BY o.ticket_id COLLATE "C";
