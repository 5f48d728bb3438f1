-- Links that would lead to somebody else. An id that forwards to the new one is the same person under a new number.
SELECT m.table_name, m.unit, m.role, count(*)
FROM pg_temp.moved AS m
WHERE NOT EXISTS (
    SELECT FROM candidate.incoming_entity AS e WHERE e.entity_id = m.was AND e.successor_id = m.now
)
GROUP BY 1, 2, 3;
