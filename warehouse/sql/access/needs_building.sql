-- The views of this department no longer are what its grants say.
UPDATE access.department SET built = NULL WHERE name = %(name)s;
