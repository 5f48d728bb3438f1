-- A frame of the publication, for the length of its transaction.
CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP;
