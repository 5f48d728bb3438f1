-- Lets releases go on.
DELETE FROM ops.hold;
