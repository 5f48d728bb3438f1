-- Opens one closed ticket again whose difference still stands.
WITH term AS MATERIALIZED (
    SELECT ledger.ticket_clock(now()) AS at, s.* FROM ledger.ticket_term AS s
), reopened AS (
    UPDATE ledger.ticket AS t
    SET state = 'open', answer = NULL, outcome = NULL, opened_at = term.at, closed_at = NULL, closed_release = NULL,
        verify_by = (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days,
        due_on = (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days + term.repair_days,
        reopened_count = t.reopened_count + 1
    FROM term
    WHERE t.ticket_id = %(ticket)s AND t.state = 'closed' AND t.is_standing
    RETURNING t.ticket_id, t.office, term.at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, office, actor, note)
SELECT r.ticket_id, 'reopened', r.at, r.office, %(actor)s, %(reason)s FROM reopened AS r;
