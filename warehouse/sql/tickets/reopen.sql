-- Reopens the closed tickets whose difference had gone and is back.
WITH term AS MATERIALIZED (
    SELECT ledger.ticket_clock(coalesce(%(at)s::timestamptz, now())) AS at, s.* FROM ledger.ticket_term AS s
), reopened AS (
    UPDATE ledger.ticket AS t
    SET state = 'open', answer = NULL, outcome = NULL, is_standing = true, kind = d.kind, gravity = d.gravity,
        office = d.office, opened_release = %(release)s, opened_at = term.at, closed_at = NULL, closed_release = NULL,
        verify_by = (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days,
        due_on = (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days + term.repair_days,
        reopened_count = t.reopened_count + 1
    FROM published.discrepancy AS d, term
    WHERE d.discrepancy_id = t.discrepancy_id AND d.is_confirmed AND d.gravity >= term.least_gravity
      AND t.state = 'closed' AND NOT t.is_standing
    RETURNING t.ticket_id, t.office, term.at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, release, office, actor)
SELECT r.ticket_id, 'reopened', r.at, %(release)s, r.office, 'doisoat' FROM reopened AS r
ORDER BY r.ticket_id COLLATE "C";
