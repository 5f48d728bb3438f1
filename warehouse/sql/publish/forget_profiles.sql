-- Profiles that no delivery is held against any more: all but the last 60 of a source, dataset and kind.
DELETE FROM ops.profile AS p
USING (
    SELECT q.position, row_number() OVER (PARTITION BY q.source, q.dataset, q.kind ORDER BY q.position DESC) AS place
    FROM ops.profile AS q
) AS ranked
WHERE ranked.position = p.position AND ranked.place > 60;
