-- Closes the flags whose reason is gone, or whose verdict a steward gave anew since.
UPDATE ledger.flag AS f
SET closed_at = now(), closed_as = CASE WHEN answered.is_so THEN 'answered' ELSE 'gone' END
FROM ledger.flag AS g
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM ledger.verdict AS v
        WHERE v.record_id = g.record_id AND v.role = g.role AND v.decided_at > g.raised_at
    ) AS is_so
) AS answered
WHERE f.flag_id = g.flag_id AND f.closed_at IS NULL
  AND (answered.is_so OR NOT EXISTS (
      SELECT FROM candidate.incoming_flag AS i
      WHERE i.record_id = f.record_id AND i.role = f.role
        AND ROW(i.reference, i.reference_id, i.verdict, i.kind, i.other_id)
            IS NOT DISTINCT FROM ROW(f.reference, f.reference_id, f.verdict, f.kind, f.other_id)
  ));
