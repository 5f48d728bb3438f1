-- The application's database in the embedded server.
CREATE DATABASE {database} OWNER {role};
