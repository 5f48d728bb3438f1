-- A run's summary, replacing an earlier one of the same run.
INSERT INTO ops.run (run_id, started_at, finished_at, status, release, summary)
VALUES (%(run_id)s, %(started_at)s, %(finished_at)s, %(status)s, %(release)s, %(summary)s)
ON CONFLICT (run_id) DO UPDATE
SET started_at = excluded.started_at, finished_at = excluded.finished_at, status = excluded.status,
    release = excluded.release, summary = excluded.summary;
