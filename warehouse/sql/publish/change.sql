-- Changes the rows whose values differ, gives them the new release, and tells the change feed what they were before.
-- `o` is the row before: RETURNING gives the one after (OLD came with PostgreSQL 18, and 15 is the oldest we take).
WITH changed AS (
    UPDATE {target} AS p SET ({columns}) = ROW({new}), release = %(release)s
    FROM {source} AS c, {target} AS o
    WHERE {same_key} AND o.ctid = p.ctid AND ROW({old}) IS DISTINCT FROM ROW({new})
    RETURNING concat_ws('|', {key}) AS key, to_jsonb(o) AS before
)
INSERT INTO ledger.change (release, table_name, key, operation, before)
SELECT %(release)s, %(table)s, key, 'changed', before FROM changed;
