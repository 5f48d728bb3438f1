-- The candidate, and whether the published tables still are those it was made against.
SELECT c.candidate_id, c.run_id, c.state, c.base_release, c.holdings, c.quality_index, c.loaded_at, c.status,
       c.findings, ROW(c.base_release, c.base_state) IS DISTINCT FROM ROW(s.release, s.state)
FROM ops.candidate AS c
LEFT JOIN ops.state AS s ON s.is_only;
