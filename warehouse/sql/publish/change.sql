-- Changes the rows whose values differ, gives them the new release, and tells the change feed.
WITH changed AS (
    UPDATE {target} AS p SET ({columns}) = ROW({new}), release = %(release)s
    FROM {source} AS c
    WHERE {same_key} AND ROW({old}) IS DISTINCT FROM ROW({new})
    RETURNING concat_ws('|', {key}) AS key
)
INSERT INTO ledger.change (release, table_name, key, operation)
SELECT %(release)s, %(table)s, key, 'changed' FROM changed;
