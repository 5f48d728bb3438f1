-- Rows of a table as a department sees them; the first condition lets it in, and notes the use.
CREATE VIEW {view} WITH (security_barrier) AS
SELECT {columns} FROM {table} AS t WHERE (SELECT access.{gate}({asked}));
