-- Changes of what the records that a department sees name now.
SELECT c.release, c.table_name, {key} AS key, c.operation, access.clear(c.before, {clear}) AS before
FROM ledger.change AS c
WHERE c.table_name = {table_name}
  AND EXISTS (SELECT FROM {table} AS t WHERE {joined} = c.key AND t.{link} IN ({mentions}))
