-- The number of rows for the planner; statistics on a hundred columns would take seconds and help nobody.
ANALYZE {table} (row_id);
