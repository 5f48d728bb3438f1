-- Ids given for the first time. None is ever deleted.
INSERT INTO ledger.entity (entity_id, kind, reference_id)
SELECT i.entity_id, i.kind, i.reference_id FROM candidate.incoming_entity AS i
ON CONFLICT (entity_id) DO NOTHING;
