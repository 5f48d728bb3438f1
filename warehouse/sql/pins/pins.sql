-- The pins, by name.
SELECT name, release, pinned_by, pinned_at FROM ops.pin ORDER BY name COLLATE "C";
