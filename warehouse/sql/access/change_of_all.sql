-- Changes of a table whose rows are everyone's.
SELECT c.release, c.table_name, {key} AS key, c.operation, access.clear(c.before, {clear}) AS before
FROM ledger.change AS c
WHERE c.table_name = {table_name}
