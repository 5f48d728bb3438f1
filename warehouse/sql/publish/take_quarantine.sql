-- Rows that wait for a correction. One that waits already stays the same case, told by its latest place; one that was
-- settled and comes again waits anew. A row that replaces another keeps the moment from which the deadlines run.
-- A run passes over content that was withdrawn before it, save in corrections: what is withdrawn here was withdrawn while
-- the candidate was made or waited, and stays so. Lines that could not be read have no content to be told by.
INSERT INTO ledger.quarantine AS q (
    quarantine_id, dataset, record_id, delivery_id, file, "row", rules, original, unit, operation, content_hash,
    origin_hash, tables, proposals, run_id, first_seen_at
)
SELECT i.quarantine_id, i.dataset, i.record_id, i.delivery_id, i.file, i."row", i.rules, i.original, i.unit,
       i.operation, i.content_hash, i.origin_hash, i.tables, i.proposals, %(run_id)s,
       coalesce((
           SELECT min(former.first_seen_at)
           FROM candidate.incoming_closing AS c
           JOIN ledger.quarantine AS former ON former.quarantine_id = c.quarantine_id
           WHERE c.successor_id = i.quarantine_id
       ), now())
FROM candidate.incoming_quarantine AS i
ON CONFLICT (quarantine_id) DO UPDATE
SET delivery_id = excluded.delivery_id, file = excluded.file, "row" = excluded."row", rules = excluded.rules,
    record_id = excluded.record_id, proposals = excluded.proposals,
    first_seen_at = CASE WHEN q.resolved_at IS NULL THEN q.first_seen_at ELSE excluded.first_seen_at END,
    resolved_release = NULL, resolved_at = NULL, resolution = NULL
WHERE q.resolution IS DISTINCT FROM 'withdrawn' OR excluded.content_hash IS NULL
   OR split_part(excluded.delivery_id, '/', 1) LIKE '%%.corrections';
