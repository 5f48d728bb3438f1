-- One program migrates at a time; the others wait.
SELECT pg_advisory_lock(1685022059, 2);
