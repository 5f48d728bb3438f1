-- Entries that do not follow from the one before, or whose own hash is not theirs; the first few tell enough.
SELECT e.position,
       CASE
           WHEN e.hash <> audit.hash_of(e.whole) THEN 'changed'
           WHEN e.position <> e.place THEN 'missing'
           ELSE 'out_of_order'
       END AS fault
FROM (
    SELECT t.*, t AS whole,
           row_number() OVER (ORDER BY t.position) AS place,
           lag(t.hash, 1, '') OVER (ORDER BY t.position) AS before
    FROM audit.entry AS t
) AS e
WHERE e.hash <> audit.hash_of(e.whole) OR e.position <> e.place OR e.previous <> e.before
ORDER BY e.position
LIMIT 20;
