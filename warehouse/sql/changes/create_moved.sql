-- Links that lead to another id than before, for the length of the comparison.
CREATE TEMPORARY TABLE moved (table_name text, unit text, role text, was text, now text) ON COMMIT DROP;
