-- All rows of a published table, in the order of its key.
SELECT {columns} FROM {table} ORDER BY ROW({key})::text COLLATE "C"
