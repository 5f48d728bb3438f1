-- Is the application's database there?
SELECT 1 FROM pg_database WHERE datname = %(database)s;
