-- Office and state of some tickets.
SELECT t.ticket_id, t.office, t.state FROM ledger.ticket AS t WHERE t.ticket_id = ANY(%(tickets)s);
