-- The columns of a query and their types, without its rows.
SELECT * FROM ({statement}) AS q LIMIT 0;
