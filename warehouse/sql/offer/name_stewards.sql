-- Who decided, where it was a steward: whose latest verdict the link obeys; all of them where they conflict.
UPDATE candidate.incoming_link AS i SET decided_by = (
    SELECT string_agg(DISTINCT latest.steward, ', ')
    FROM (
        SELECT DISTINCT ON (v.verdict, v.reference_id) v.steward, v.verdict, v.reference_id
        FROM ledger.verdict AS v
        WHERE v.record_id = i.record_id AND v.role = i.role
        ORDER BY v.verdict, v.reference_id, v.verdict_id DESC
    ) AS latest
    WHERE i.reason = 'steward_conflict'
       OR (latest.verdict = 'same' AND latest.reference_id = i.reference_id)
       OR (latest.verdict = 'not_in_register' AND i.reference_id IS NULL)
)
WHERE i.decider = 'steward';
