-- The newest run that reckoned the quality.
SELECT r.run_id, r.started_at FROM ops.run AS r
WHERE EXISTS (SELECT FROM ops.quality_score AS s WHERE s.run_id = r.run_id)
ORDER BY r.started_at DESC, r.run_id COLLATE "C" DESC LIMIT 1;
