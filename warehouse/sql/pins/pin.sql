-- Notes a pin, unless its name is taken.
INSERT INTO ops.pin (name, release, pinned_by) VALUES (%(name)s, %(release)s, %(pinned_by)s)
ON CONFLICT (name) DO NOTHING;
