-- A frame of somebody's answers, for the length of the transaction.
CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP;
