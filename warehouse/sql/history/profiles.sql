-- The last profiles of each source, dataset and kind, oldest first.
SELECT ranked.source, ranked.dataset, ranked.kind, ranked.rows, ranked.profile
FROM (
    SELECT p.*, row_number() OVER (PARTITION BY p.source, p.dataset, p.kind ORDER BY p.position DESC) AS place
    FROM ops.profile AS p
) AS ranked
WHERE ranked.place <= %(limit)s
ORDER BY ranked.position;
