-- What the candidate would do to the links of a table, by unit and role. A row that goes loses no link: it is gone.
SELECT {unit} AS unit, l.role,
       count(*) FILTER (WHERE l.was IS NOT NULL) AS links_before,
       count(*) FILTER (WHERE l.was IS NULL AND l.now IS NOT NULL) AS linked,
       count(*) FILTER (WHERE l.was IS NOT NULL AND l.now IS NULL AND {new_key} IS NOT NULL) AS lost
FROM {target} AS p
FULL JOIN {source} AS c ON {same_key}
CROSS JOIN LATERAL (VALUES {roles}) AS l (role, was, now)
GROUP BY 1, 2;
