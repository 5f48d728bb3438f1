-- Changes of the records that a department sees now, or saw before they were changed or removed; what they were then
-- only if it saw that.
SELECT c.release, c.table_name, {key} AS key, c.operation,
       CASE WHEN c.saw THEN access.clear(c.before, {clear}) END AS before
FROM (
    SELECT e.*, (SELECT access.sees_every_unit({table_name}))
           OR e.before ->> {unit} = ANY ((SELECT access.granted_units({table_name}))::text[])
           OR e.before ->> {unit} ^@ ANY ((SELECT access.granted_unit_prefixes({table_name}))::text[]) AS saw
    FROM ledger.change AS e
    WHERE e.table_name = {table_name}
) AS c
WHERE c.saw OR EXISTS (SELECT FROM {table} AS t WHERE {joined} = c.key)
