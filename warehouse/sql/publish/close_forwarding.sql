-- Ends what forwards elsewhere now, or nowhere.
UPDATE ledger.forwarding AS f SET to_release = %(release)s, ended_at = now()
FROM pg_temp.wanted AS w
WHERE f.to_release IS NULL AND w.entity_id = f.entity_id AND w.successor_id IS DISTINCT FROM f.successor_id;
