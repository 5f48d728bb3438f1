-- The release on which a department stays.
SELECT name, department, release, pinned_by, pinned_at FROM ops.pin WHERE department = %(name)s;
