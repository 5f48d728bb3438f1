-- The tickets that an office is told of for the first time.
WITH clock AS MATERIALIZED (
    SELECT ledger.ticket_clock(now()) AS at
), notified AS (
    UPDATE ledger.ticket AS t SET state = 'notified'
    WHERE t.ticket_id = ANY(%(tickets)s) AND t.state = 'open'
    RETURNING t.ticket_id, t.office
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, office, actor)
SELECT n.ticket_id, 'notified', clock.at, n.office, %(actor)s FROM notified AS n CROSS JOIN clock
ORDER BY n.ticket_id COLLATE "C";
