-- Rows that the records a department sees name; the first condition lets it in, and notes the use.
CREATE VIEW {view} WITH (security_barrier) AS
SELECT {columns} FROM {table} AS t WHERE (SELECT access.{gate}({asked})) AND t.{link} IN ({mentions});
