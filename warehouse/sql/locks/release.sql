-- Gives the run lock back.
SELECT pg_advisory_unlock(1685022059, 1);
