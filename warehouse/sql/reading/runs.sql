-- The summaries of the last runs, newest first.
SELECT summary FROM ops.run ORDER BY started_at DESC, run_id COLLATE "C" DESC LIMIT %(limit)s;
