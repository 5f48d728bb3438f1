-- A published table as of a release: the rows not changed since, and those changed or removed since as they were before.
SELECT {columns} FROM {target} AS p WHERE p.release <= {release}
UNION ALL
SELECT {old_columns}
FROM (
    SELECT DISTINCT ON (c.key) c.operation, c.before
    FROM ledger.change AS c
    WHERE c.table_name = {table} AND c.release > {release}
    ORDER BY c.key, c.release
) AS first
CROSS JOIN LATERAL jsonb_populate_record(NULL::{target}, first.before) AS o
WHERE first.operation <> 'added' AND {is_seen}
