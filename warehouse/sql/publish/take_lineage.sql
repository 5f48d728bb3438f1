-- The row every record held comes from.
INSERT INTO ledger.lineage AS l (record_id, dataset, delivery_id, file, "row")
SELECT i.record_id, i.dataset, i.delivery_id, i.file, i."row" FROM candidate.incoming_lineage AS i
ON CONFLICT (record_id) DO UPDATE
SET dataset = excluded.dataset, delivery_id = excluded.delivery_id, file = excluded.file, "row" = excluded."row"
WHERE ROW(l.dataset, l.delivery_id, l.file, l."row")
      IS DISTINCT FROM ROW(excluded.dataset, excluded.delivery_id, excluded.file, excluded."row");
