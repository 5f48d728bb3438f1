-- How many uses left a line, and how many numbers were given: more of these when a transaction was rolled back.
SELECT (SELECT count(*) FROM access.use WHERE department = %(name)s),
       (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM access.{sequence});
