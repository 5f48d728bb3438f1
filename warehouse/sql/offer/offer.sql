-- The candidate is loaded whole: what it was made from and against.
INSERT INTO ops.candidate (candidate_id, run_id, state, base_release, base_state, holdings, quality_index)
SELECT %(candidate_id)s, %(run_id)s, %(state)s, s.release, s.state, %(holdings)s, %(quality_index)s
FROM (VALUES (true)) AS always (here)
LEFT JOIN ops.state AS s ON s.is_only;
