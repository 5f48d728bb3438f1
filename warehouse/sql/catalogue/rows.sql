-- Rows of a published table.
SELECT count(*) FROM {table};
