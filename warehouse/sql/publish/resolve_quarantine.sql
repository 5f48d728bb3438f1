-- A quarantined record that was accepted since, from another row, is settled. Runs before lineage is taken in.
UPDATE ledger.quarantine AS q SET resolved_release = coalesce(%(release)s, 0)
WHERE q.resolved_release IS NULL
  AND NOT EXISTS (SELECT FROM candidate.incoming_quarantine AS i WHERE i.quarantine_id = q.quarantine_id)
  AND EXISTS (
      SELECT FROM candidate.incoming_lineage AS i
      WHERE i.record_id = q.record_id
        AND NOT EXISTS (
            SELECT FROM ledger.lineage AS l
            WHERE l.record_id = i.record_id
              AND ROW(l.delivery_id, l.file, l."row") IS NOT DISTINCT FROM ROW(i.delivery_id, i.file, i."row")
        )
  );
