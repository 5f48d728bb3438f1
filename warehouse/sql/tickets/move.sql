-- An open ticket whose value is found to be another office's begins anew there.
WITH term AS MATERIALIZED (
    SELECT ledger.ticket_clock(coalesce(%(at)s::timestamptz, now())) AS at, s.* FROM ledger.ticket_term AS s
), moved AS (
    UPDATE ledger.ticket AS t
    SET office = d.office, state = 'open', answer = NULL,
        verify_by = (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days,
        due_on = (term.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + term.verify_days + term.repair_days
    FROM published.discrepancy AS d, term
    WHERE d.discrepancy_id = t.discrepancy_id AND t.state <> 'closed' AND t.office <> d.office
    RETURNING t.ticket_id, t.office, term.at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, release, office, actor)
SELECT m.ticket_id, 'moved', m.at, %(release)s, m.office, 'doisoat' FROM moved AS m ORDER BY m.ticket_id COLLATE "C";
