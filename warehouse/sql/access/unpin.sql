-- A department stays on no release any more; on which it did.
DELETE FROM ops.pin WHERE department = %(name)s RETURNING release;
