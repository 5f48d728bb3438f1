-- First and last day of a table's events.
SELECT min({column})::date, max({column})::date FROM {table};
