-- An empty candidate table. It can always be made again, so it is not logged.
DROP TABLE IF EXISTS {table};
CREATE UNLOGGED TABLE {table} ({columns});
