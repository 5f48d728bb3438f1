-- How many rows a candidate table was given.
INSERT INTO ops.candidate (table_name, rows) VALUES (%(table)s, %(rows)s)
ON CONFLICT (table_name) DO UPDATE SET rows = excluded.rows;
