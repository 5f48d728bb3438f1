-- Closes one ticket that is not closed; it stays so until its difference goes and comes back.
WITH closed AS (
    UPDATE ledger.ticket AS t
    SET state = 'closed', outcome = 'by_hand', closed_at = ledger.ticket_clock(now())
    WHERE t.ticket_id = %(ticket)s AND t.state <> 'closed'
    RETURNING t.ticket_id, t.office, t.outcome, t.closed_at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, office, outcome, actor, note)
SELECT c.ticket_id, 'closed', c.closed_at, c.office, c.outcome, %(actor)s, %(reason)s FROM closed AS c;
