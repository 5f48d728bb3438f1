-- How many decisions would begin or end, those of no published column included.
SELECT count(*)
FROM (SELECT * FROM ledger.link WHERE valid_to_release IS NULL) AS l
FULL JOIN candidate.incoming_link AS i ON i.record_id = l.record_id AND i.role = l.role
WHERE ROW(i.dataset, i.reference, i.reference_id, i.status, i.reason, i.decider, i.decided_by, i.model,
          i.about_on, i.local_id, i.entity_id)
      IS DISTINCT FROM
      ROW(l.dataset, l.reference, l.reference_id, l.status, l.reason, l.decider, l.decided_by, l.model,
          l.about_on, l.local_id, l.entity_id);
