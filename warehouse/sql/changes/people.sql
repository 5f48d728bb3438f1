-- Who becomes one (an id that no record leads to any more, its records at one that others lead to already), and who
-- becomes two (an id that no record led to before, with records of one that others still lead to); by unit and in all.
-- Who is published under an id that forwards already is published under what it is now.
WITH shown AS (
    SELECT person_id AS id FROM published.person UNION ALL SELECT enterprise_id FROM published.enterprise
), published_id AS (
    SELECT s.id FROM shown AS s
    UNION ALL
    SELECT f.successor_id FROM ledger.forwarding AS f JOIN shown AS s ON s.id = f.entity_id WHERE f.to_release IS NULL
), candidate_id AS (
    SELECT person_id AS id FROM candidate.person UNION ALL SELECT enterprise_id FROM candidate.enterprise
), found AS (
    SELECT m.table_name, m.unit,
           CASE WHEN m.now IN (SELECT id FROM published_id) AND m.was NOT IN (SELECT id FROM candidate_id)
                THEN m.was END AS joined,
           CASE WHEN m.was IN (SELECT id FROM candidate_id) AND m.now NOT IN (SELECT id FROM published_id)
                THEN m.now END AS split
    FROM pg_temp.moved AS m
)
SELECT table_name, unit, count(DISTINCT joined), count(DISTINCT split), grouping(table_name) = 1
FROM found
GROUP BY GROUPING SETS ((table_name, unit), ());
