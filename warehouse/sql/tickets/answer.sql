-- What offices answered of tickets that are not closed; the same answer given again is none.
WITH clock AS MATERIALIZED (
    SELECT ledger.ticket_clock(now()) AS at
), given AS (
    SELECT g.ticket_id, g.answer, g.note, g.answer IN ('contested', 'not_ours') AS is_end
    FROM unnest(%(tickets)s::text[], %(answers)s::text[], %(notes)s::text[]) AS g (ticket_id, answer, note)
), answered AS (
    UPDATE ledger.ticket AS t
    SET answer = g.answer, state = CASE WHEN g.is_end THEN 'closed' ELSE 'answered' END,
        outcome = CASE WHEN g.is_end THEN g.answer END, closed_at = CASE WHEN g.is_end THEN clock.at END
    FROM given AS g, clock
    WHERE t.ticket_id = g.ticket_id AND t.state <> 'closed'
      AND ROW(t.answer, (
          SELECT e.note FROM ledger.ticket_event AS e
          WHERE e.ticket_id = t.ticket_id AND e.event = 'answered' ORDER BY e.event_id DESC LIMIT 1
      )) IS DISTINCT FROM ROW(g.answer, g.note)
    RETURNING t.ticket_id, t.office, t.answer, t.outcome, g.note, clock.at
)
INSERT INTO ledger.ticket_event (ticket_id, event, at, office, answer, outcome, actor, note)
SELECT a.ticket_id, what.event, a.at, a.office, a.answer, CASE WHEN what.event = 'closed' THEN a.outcome END,
       %(actor)s, a.note
FROM answered AS a
CROSS JOIN LATERAL (VALUES (1, 'answered'), (2, 'closed')) AS what (place, event)
WHERE what.event = 'answered' OR a.outcome IS NOT NULL
ORDER BY a.ticket_id COLLATE "C", what.place
RETURNING ticket_id;
