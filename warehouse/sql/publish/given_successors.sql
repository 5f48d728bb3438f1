-- A record's own id that never was published, and now is a successor, is given hereby.
INSERT INTO ledger.entity (entity_id, kind)
SELECT DISTINCT w.successor_id, CASE left(w.successor_id, 1) WHEN 'E' THEN 'enterprise' ELSE 'person' END
FROM pg_temp.wanted AS w
JOIN ledger.entity AS e USING (entity_id)
WHERE EXISTS (SELECT FROM pg_temp.wanted AS o WHERE o.entity_id = w.successor_id)
ON CONFLICT (entity_id) DO NOTHING;
