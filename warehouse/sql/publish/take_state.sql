-- What the published tables stand for now, whether or not a row of them changed.
INSERT INTO ops.state (state, release, run_id) VALUES (%(state)s, %(release)s, %(run_id)s)
ON CONFLICT (is_only) DO UPDATE SET state = excluded.state, release = excluded.release, run_id = excluded.run_id;
