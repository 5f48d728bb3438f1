-- The scores of one run.
SELECT s.dataset, s.unit, s.criterion, s.score, s.record_count, s.to_fix_count FROM ops.quality_score AS s
WHERE s.run_id = %(run_id)s
ORDER BY s.dataset COLLATE "C", s.unit COLLATE "C", s.criterion COLLATE "C";
