-- The new release.
INSERT INTO published.release (release, published_at, run_id, state, quality_index)
VALUES (%(release)s, now(), %(run_id)s, %(state)s, %(quality_index)s);
