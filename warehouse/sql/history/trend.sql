-- The index of a unit, or of all, run by run over the last days, oldest first; of every dataset and of all.
SELECT r.run_id, r.started_at, s.dataset, s.score
FROM ops.quality_score AS s JOIN ops.run AS r ON r.run_id = s.run_id
WHERE s.unit = %(unit)s AND s.criterion = '' AND r.started_at >= now() - make_interval(days => %(days)s)
ORDER BY r.started_at, r.run_id COLLATE "C", s.dataset COLLATE "C";
