-- Tickets by office: open, overdue, repaired, and how long repairs took at the median, from opening to agreement.
-- A closing that a rollback took back never was, nor its reopening.
WITH step AS (
    SELECT e.event_id, e.ticket_id, e.event, e.outcome, e.at, e.office,
           CASE e.event WHEN 'reopened' THEN e.release ELSE
               CASE lead(e.event) OVER same WHEN 'reopened' THEN lead(e.release) OVER same END
           END AS reopened_release
    FROM ledger.ticket_event AS e
    WHERE e.event IN ('opened', 'reopened', 'closed')
    WINDOW same AS (PARTITION BY e.ticket_id ORDER BY e.event_id)
), cycle AS (
    SELECT s.ticket_id, s.event, s.outcome, s.at, s.office,
           lag(s.at) OVER same AS begun_at, lead(s.event) OVER same AS next_event
    FROM step AS s
    WHERE NOT EXISTS (
        SELECT FROM published.release AS r WHERE r.release = s.reopened_release AND r.kind = 'rollback'
    )
    WINDOW same AS (PARTITION BY s.ticket_id ORDER BY s.event_id)
), repair AS (
    SELECT c.office, count(*) AS repaired_count,
           count(*) FILTER (WHERE c.next_event = 'reopened') AS returned_count,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.at - c.begun_at)) / 86400 AS median_repair_days
    FROM cycle AS c
    WHERE c.event = 'closed' AND c.outcome = 'agrees'
    GROUP BY c.office
), board AS (
    SELECT b.office, count(*) FILTER (WHERE b.state <> 'closed') AS open_count,
           count(*) FILTER (WHERE b.is_overdue) AS overdue_count
    FROM ledger.ticket_board AS b
    GROUP BY b.office
)
SELECT office, coalesce(b.open_count, 0) AS open_count, coalesce(b.overdue_count, 0) AS overdue_count,
       coalesce(r.repaired_count, 0) AS repaired_count, coalesce(r.returned_count, 0) AS returned_count,
       r.median_repair_days
FROM board AS b
FULL JOIN repair AS r USING (office)
ORDER BY office COLLATE "C";
