-- Takes the run lock if it is free. The two numbers are this application's and this lock's.
SELECT pg_try_advisory_lock(1685022059, 1);
