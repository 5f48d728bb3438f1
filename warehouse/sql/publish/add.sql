-- Adds the rows that are new, and tells the change feed.
WITH added AS (
    INSERT INTO {target} AS p ({columns}, release)
    SELECT {new}, %(release)s FROM {source} AS c
    WHERE NOT EXISTS (SELECT FROM {target} AS p WHERE {same_key})
    RETURNING concat_ws('|', {key}) AS key
)
INSERT INTO ledger.change (release, table_name, key, operation)
SELECT %(release)s, %(table)s, key, 'added' FROM added;
