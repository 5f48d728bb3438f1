-- How many rows a table of the candidate was given.
INSERT INTO ops.candidate_table (table_name, rows) VALUES (%(table)s, %(rows)s)
ON CONFLICT (table_name) DO UPDATE SET rows = excluded.rows;
