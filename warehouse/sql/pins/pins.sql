-- The pins: those with a name, by name, then those of departments.
SELECT name, department, release, pinned_by, pinned_at FROM ops.pin
ORDER BY name COLLATE "C", department COLLATE "C";
