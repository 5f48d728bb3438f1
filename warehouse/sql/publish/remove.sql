-- Removes the rows that the candidate has no more, and tells the change feed.
WITH removed AS (
    DELETE FROM {target} AS p
    WHERE NOT EXISTS (SELECT FROM {source} AS c WHERE {same_key})
    RETURNING concat_ws('|', {key}) AS key
)
INSERT INTO ledger.change (release, table_name, key, operation)
SELECT %(release)s, %(table)s, key, 'removed' FROM removed;
