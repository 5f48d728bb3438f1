-- The grants of a department, those in force first.
SELECT g.grant_id, g.table_name, g.purpose, g.legal_basis, g.ceiling, g.columns, g.is_every_unit, g.units,
       g.unit_prefixes, g.granted_by, g.granted_at, g.expires_at, g.revoked_at,
       CASE WHEN g.revoked_at IS NOT NULL THEN 'revoked' WHEN g.expires_at <= now() THEN 'expired' ELSE 'in_force' END
FROM access.table_grant AS g
WHERE g.department = %(name)s
ORDER BY g.revoked_at IS NOT NULL, g.table_name, g.grant_id DESC;
