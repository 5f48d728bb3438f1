-- The latest verdict on each pair of record and register entry.
SELECT DISTINCT ON (v.record_id COLLATE "C", v.role COLLATE "C", v.reference COLLATE "C", v.reference_id COLLATE "C")
       v.record_id, v.role, v.reference, v.reference_id, v.verdict
FROM ledger.verdict AS v
ORDER BY v.record_id COLLATE "C", v.role COLLATE "C", v.reference COLLATE "C", v.reference_id COLLATE "C",
         v.verdict_id DESC;
