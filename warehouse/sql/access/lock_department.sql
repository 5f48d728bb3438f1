-- One change of a department's rights at a time.
SELECT name FROM access.department WHERE name = %(name)s FOR UPDATE;
