-- A copied or restored database has the usual rights of everybody again: to connect, and to make temporary tables.
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
