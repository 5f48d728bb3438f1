-- Begins anew what forwarded in the release that is restored.
INSERT INTO ledger.forwarding (entity_id, successor_id, from_release)
SELECT old.entity_id, old.successor_id, %(release)s FROM ledger.forwarding AS old
WHERE old.from_release <= %(to)s AND old.to_release > %(to)s
  AND NOT EXISTS (SELECT FROM ledger.forwarding AS f WHERE f.entity_id = old.entity_id AND f.to_release IS NULL);
