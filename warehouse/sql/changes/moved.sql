-- The links of a table that lead to another id than before.
INSERT INTO pg_temp.moved (table_name, unit, role, was, now)
SELECT %(table)s, {unit}, l.role, l.was, l.now
FROM {target} AS p
JOIN {source} AS c ON {same_key}
CROSS JOIN LATERAL (VALUES {roles}) AS l (role, was, now)
WHERE l.was <> l.now;
