-- Who may come in is read anew.
SELECT pg_reload_conf();
