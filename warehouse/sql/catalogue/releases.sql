-- All releases, newest first.
SELECT release, published_at, run_id, quality_index FROM published.release ORDER BY release DESC;
