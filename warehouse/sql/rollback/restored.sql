-- The release that is restored.
SELECT run_id, state, quality_index FROM published.release WHERE release = %(to)s;
