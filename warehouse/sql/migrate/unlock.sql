-- Lets the next program migrate.
SELECT pg_advisory_unlock(1685022059, 2);
