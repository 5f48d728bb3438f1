-- The views of this department are those of these contracts.
UPDATE access.department SET built = %(fingerprint)s WHERE name = %(name)s;
