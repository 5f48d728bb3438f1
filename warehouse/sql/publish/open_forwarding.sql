-- Begins what forwards from now on, of ids that were ever given.
INSERT INTO ledger.forwarding (entity_id, successor_id, from_release)
SELECT w.entity_id, w.successor_id, %(release)s
FROM pg_temp.wanted AS w
WHERE w.successor_id IS NOT NULL
  AND EXISTS (SELECT FROM ledger.entity AS e WHERE e.entity_id = w.entity_id)
  AND NOT EXISTS (SELECT FROM ledger.forwarding AS f WHERE f.entity_id = w.entity_id AND f.to_release IS NULL);
