-- The rows of a query as CSV: every value quoted, null as nothing.
COPY (SELECT {columns} FROM ({statement}) AS q) TO STDOUT (FORMAT csv, FORCE_QUOTE *)
