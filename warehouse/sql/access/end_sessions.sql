-- Ends what a department has open in this database; only its own role, or who belongs to it, may.
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE usename = %(role)s AND datname = current_database();
