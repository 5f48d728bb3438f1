-- The links of a table that lead to another id than before. Ids that forward already, as those of a version that made
-- them otherwise do, are told by what they are now; asked only where the two differ, so of few rows.
INSERT INTO pg_temp.moved (table_name, unit, role, was, now)
SELECT %(table)s, m.unit, m.role, m.was, m.now
FROM (
    SELECT {unit} AS unit, l.role, coalesce(ledger.resolve(l.was), l.was) AS was, l.now
    FROM {target} AS p
    JOIN {source} AS c ON {same_key}
    CROSS JOIN LATERAL (VALUES {roles}) AS l (role, was, now)
    WHERE l.was <> l.now
) AS m
WHERE m.was <> m.now;
