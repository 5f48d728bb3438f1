-- The summaries of the last runs, newest first: by their number, for a clock may be set back.
SELECT summary FROM ops.run ORDER BY position DESC LIMIT %(limit)s;
