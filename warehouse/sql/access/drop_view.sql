-- A view as it was.
DROP VIEW {view};
