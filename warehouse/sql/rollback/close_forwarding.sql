-- Ends what did not forward so in the release that is restored.
UPDATE ledger.forwarding AS f SET to_release = %(release)s, ended_at = now()
WHERE f.to_release IS NULL
  AND NOT EXISTS (
      SELECT FROM ledger.forwarding AS old
      WHERE old.entity_id = f.entity_id AND old.successor_id = f.successor_id AND old.from_release <= %(to)s
        AND coalesce(old.to_release > %(to)s, true)
  );
