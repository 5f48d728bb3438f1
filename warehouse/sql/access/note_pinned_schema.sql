-- The schema of a pin is ours to take away.
UPDATE access.department SET pinned_release = %(release)s WHERE name = %(name)s;
