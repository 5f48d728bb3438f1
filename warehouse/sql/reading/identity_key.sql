-- The secret key of the ids.
SELECT secret FROM ops.identity_key;
