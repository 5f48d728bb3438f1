-- Persons and enterprises: added, forwarded, never deleted; a successor once set is not taken back by silence.
INSERT INTO ledger.entity AS e (entity_id, kind, reference_id, successor_id)
SELECT i.entity_id, i.kind, i.reference_id, i.successor_id FROM candidate.incoming_entity AS i
ON CONFLICT (entity_id) DO UPDATE
SET reference_id = excluded.reference_id, successor_id = coalesce(excluded.successor_id, e.successor_id)
WHERE ROW(e.reference_id, e.successor_id)
      IS DISTINCT FROM ROW(excluded.reference_id, coalesce(excluded.successor_id, e.successor_id));
