-- The rules that units broke in runs long ago: they are kept of the last runs only, the totals for good.
DELETE FROM ops.quality_rule AS q
WHERE q.unit <> '' AND q.run_id NOT IN (
    SELECT r.run_id FROM ops.run AS r
    WHERE EXISTS (SELECT FROM ops.quality_score AS s WHERE s.run_id = r.run_id)
    ORDER BY r.started_at DESC, r.run_id COLLATE "C" DESC LIMIT %(runs)s
);
