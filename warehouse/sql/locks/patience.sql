-- How long the statements of this transaction wait for a lock before they give up.
SELECT set_config('lock_timeout', %(patience)s, true);
