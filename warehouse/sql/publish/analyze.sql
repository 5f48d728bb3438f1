-- Statistics for the planner on the columns it joins by; the others would take seconds and help nobody.
ANALYZE {table} ({key});
