-- A department that may read nothing from now on.
UPDATE access.department SET closed_at = now(), built = NULL WHERE name = %(name)s AND closed_at IS NULL;
