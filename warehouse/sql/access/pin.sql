-- The release on which a department stays, in place of another.
INSERT INTO ops.pin (department, release, pinned_by) VALUES (%(name)s, %(release)s, %(by)s)
ON CONFLICT (department) DO UPDATE
SET release = excluded.release, pinned_by = excluded.pinned_by, pinned_at = excluded.pinned_at;
