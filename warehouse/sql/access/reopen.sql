-- A closed department is open again; its grants stay revoked.
UPDATE access.department SET closed_at = NULL WHERE name = %(name)s AND closed_at IS NOT NULL;
