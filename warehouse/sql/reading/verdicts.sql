-- The latest verdict on each pair; who is said to be in no register is not, once found, and the other way round.
SELECT latest.record_id, latest.role, latest.reference, latest.reference_id, latest.verdict
FROM (
    SELECT DISTINCT ON (
               v.record_id COLLATE "C", v.role COLLATE "C", v.reference COLLATE "C", v.reference_id COLLATE "C"
           )
           v.*
    FROM ledger.verdict AS v
    ORDER BY v.record_id COLLATE "C", v.role COLLATE "C", v.reference COLLATE "C", v.reference_id COLLATE "C",
             v.verdict_id DESC
) AS latest
WHERE NOT EXISTS (
    SELECT FROM ledger.verdict AS later
    WHERE later.record_id = latest.record_id AND later.role = latest.role AND later.verdict_id > latest.verdict_id
      AND (latest.verdict, later.verdict) IN (('not_in_register', 'same'), ('same', 'not_in_register'))
)
ORDER BY latest.record_id COLLATE "C", latest.role COLLATE "C", latest.reference COLLATE "C",
         latest.reference_id COLLATE "C";
