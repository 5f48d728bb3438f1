-- Raises what speaks against a verdict, once: not where it is raised already, nor where a steward answered the same.
INSERT INTO ledger.flag (record_id, role, reference, reference_id, verdict, kind, other_id, odds, evidence, run_id)
SELECT i.record_id, i.role, i.reference, i.reference_id, i.verdict, i.kind, i.other_id, i.odds, i.evidence, %(run_id)s
FROM candidate.incoming_flag AS i
WHERE NOT EXISTS (
    SELECT FROM ledger.flag AS f
    WHERE f.record_id = i.record_id AND f.role = i.role
      AND ROW(i.reference, i.reference_id, i.verdict, i.kind, i.other_id)
          IS NOT DISTINCT FROM ROW(f.reference, f.reference_id, f.verdict, f.kind, f.other_id)
      AND (f.closed_at IS NULL OR f.closed_as = 'answered')
)
ORDER BY i.record_id COLLATE "C", i.role COLLATE "C", i.kind;
