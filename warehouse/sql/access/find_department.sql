-- Is there a department of that name?
SELECT name FROM access.department WHERE name = %(name)s;
