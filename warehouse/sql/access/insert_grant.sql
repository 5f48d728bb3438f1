-- A grant that holds to the end of its last day.
INSERT INTO access.table_grant (
    department, table_name, purpose, legal_basis, ceiling, columns, is_every_unit, units, unit_prefixes, granted_by,
    expires_at
)
VALUES (
    %(name)s, %(table)s, %(purpose)s, %(legal_basis)s, %(ceiling)s, %(columns)s, %(is_every_unit)s, %(units)s,
    %(unit_prefixes)s, %(by)s, (%(until)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
)
RETURNING grant_id;
