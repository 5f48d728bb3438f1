-- What a run recorded of quality before, so that recording again replaces it.
WITH rules AS (DELETE FROM ops.quality_rule WHERE run_id = %(run_id)s)
DELETE FROM ops.quality_score WHERE run_id = %(run_id)s;
