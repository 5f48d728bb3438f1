-- The hashes of the entries at these positions.
SELECT e.position, e.hash FROM audit.entry AS e WHERE e.position = ANY(%(positions)s);
