-- Forgets a pin.
DELETE FROM ops.pin WHERE name = %(name)s;
