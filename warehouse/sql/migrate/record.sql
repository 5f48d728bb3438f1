-- Remembers an applied migration.
INSERT INTO ops.migration (name, checksum) VALUES (%(name)s, %(checksum)s);
