-- Where ids forward to from this release on, of those that this run says something of. All others stay as they are.
--
-- An id that occurs forwards nowhere, but for a local one whose records are all linked to one entry. An id that occurs
-- no more forwards to what took its place. So whatever an id is made to forward to occurs itself, and forwards at most
-- to an entry of a register that occurs: the newest step of a cycle could never have been taken.
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
WITH occurring AS (
    SELECT i.entity_id FROM candidate.incoming_link AS i WHERE i.entity_id IS NOT NULL
),
local AS (
    SELECT i.local_id AS entity_id,
           CASE WHEN min(i.entity_id) = max(i.entity_id) THEN nullif(min(i.entity_id), i.local_id) END AS successor_id
    FROM candidate.incoming_link AS i
    WHERE i.local_id IS NOT NULL
    GROUP BY i.local_id
),
-- A record that says otherwise than before names the same one still, unless its fellows went elsewhere.
renamed AS (
    SELECT l.local_id AS entity_id, min(i.local_id) AS successor_id
    FROM ledger.link AS l
    JOIN candidate.incoming_link AS i ON i.record_id = l.record_id AND i.role = l.role
    WHERE l.valid_to_release = %(release)s AND i.local_id <> l.local_id
      AND NOT EXISTS (SELECT FROM local AS o WHERE o.entity_id = l.local_id)
    GROUP BY l.local_id
    HAVING min(i.local_id) = max(i.local_id)
),
retired AS (
    SELECT i.entity_id, i.successor_id FROM candidate.incoming_entity AS i
    WHERE i.successor_id IS NOT NULL AND NOT EXISTS (SELECT FROM occurring AS o WHERE o.entity_id = i.entity_id)
)
SELECT * FROM local
UNION ALL SELECT * FROM renamed
UNION ALL SELECT * FROM retired
UNION ALL
SELECT DISTINCT o.entity_id, NULL FROM occurring AS o
WHERE NOT EXISTS (SELECT FROM local AS l WHERE l.entity_id = o.entity_id);
