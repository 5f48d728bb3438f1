-- Ends the current grants of a department: of one table, or of all when none is named.
UPDATE access.table_grant SET revoked_at = now(), revoked_by = %(by)s
WHERE department = %(name)s AND revoked_at IS NULL AND (%(table)s::text IS NULL OR table_name = %(table)s)
RETURNING grant_id, table_name;
