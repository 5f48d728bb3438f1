-- Holds all further releases; a later hold takes the place of an earlier one.
INSERT INTO ops.hold (held_by, reason) VALUES (%(held_by)s, %(reason)s)
ON CONFLICT (is_only) DO UPDATE SET held_by = excluded.held_by, reason = excluded.reason, held_at = now();
