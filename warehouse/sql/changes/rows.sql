-- What the candidate would do to the rows of a table, by the unit that reads them now or would read them.
SELECT {unit} AS unit,
       count(*) FILTER (WHERE {old_key} IS NOT NULL) AS rows_before,
       count(*) FILTER (WHERE {old_key} IS NULL) AS added,
       count(*) FILTER (WHERE {old_key} = {new_key} AND ROW({old}) IS DISTINCT FROM ROW({new})) AS changed,
       count(*) FILTER (WHERE {new_key} IS NULL AND {old_key} IS NOT NULL) AS removed
FROM {target} AS p
FULL JOIN {source} AS c ON {same_key}
GROUP BY 1;
