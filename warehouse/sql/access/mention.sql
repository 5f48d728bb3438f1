-- Whom the records name; their own policy leaves those that the department sees.
SELECT r.{column} FROM {table} AS r
