-- A new department.
INSERT INTO access.department (name, title) VALUES (%(name)s, %(title)s);
