-- A field that its contract got after the table was made.
ALTER TABLE {table} ADD COLUMN {column};
