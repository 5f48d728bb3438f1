-- What changed of what a department sees.
CREATE VIEW {view} WITH (security_barrier) AS
SELECT c.release, c.table_name, c.key, c.operation, c.before FROM ({changes}) AS c
WHERE (SELECT access.note_use('change'));
