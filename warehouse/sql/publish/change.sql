-- Changes the rows whose values differ, gives them the new release, and tells the change feed what they were before.
-- RETURNING gives a row after its change (OLD came with PostgreSQL 18, and 15 is the oldest we take); the outer query
-- sees the table as it was before the statement.
WITH c AS (
    UPDATE {target} AS p SET ({columns}) = ROW({new}), release = %(release)s
    FROM {source} AS c
    WHERE {same_key} AND ROW({old}) IS DISTINCT FROM ROW({new})
    RETURNING {key}
)
INSERT INTO ledger.change (release, table_name, key, operation, before)
SELECT %(release)s, %(table)s, concat_ws('|', {key}), 'changed', to_jsonb(p)
FROM c
JOIN {target} AS p ON {same_key};
