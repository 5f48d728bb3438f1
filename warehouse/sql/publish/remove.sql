-- Removes the rows that the candidate has no more, and tells the change feed what they were.
WITH removed AS (
    DELETE FROM {target} AS p
    WHERE NOT EXISTS (SELECT FROM {source} AS c WHERE {same_key})
    RETURNING concat_ws('|', {key}) AS key, to_jsonb(p) AS before
)
INSERT INTO ledger.change (release, table_name, key, operation, before)
SELECT %(release)s, %(table)s, key, 'removed', before FROM removed;
