-- A staging table, made anew for the rows at hand; not logged, because they can always be read again.
DROP TABLE IF EXISTS {table};
CREATE UNLOGGED TABLE {table} ({columns});
