-- The schema of a pin is going; a row where there was one.
UPDATE access.department SET pinned_release = NULL WHERE name = %(name)s AND pinned_release IS NOT NULL RETURNING name;
