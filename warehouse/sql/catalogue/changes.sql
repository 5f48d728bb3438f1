-- How many rows each release added to, changed in and removed from each table.
SELECT release, table_name,
       count(*) FILTER (WHERE operation = 'added'),
       count(*) FILTER (WHERE operation = 'changed'),
       count(*) FILTER (WHERE operation = 'removed')
FROM ledger.change
GROUP BY release, table_name
ORDER BY release DESC, table_name COLLATE "C";
