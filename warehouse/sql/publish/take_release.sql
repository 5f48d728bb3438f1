-- The new release. Its time is never before its predecessor's, even where the clock was set back; nothing is ordered by it.
INSERT INTO published.release (
    release, published_at, run_id, state, quality_index, kind, approved_by, restored_release, added_count,
    changed_count, removed_count
)
SELECT %(release)s, greatest(now(), max(r.published_at)), %(run_id)s, %(state)s, %(quality_index)s, %(kind)s,
       %(approved_by)s, %(restored_release)s, %(added)s, %(changed)s, %(removed)s
FROM published.release AS r;
