-- All tickets with what an office needs to know of each: the two values, what else differs in the record, its source.
SELECT b.ticket_id, b.office, b.state, b.answer, b.outcome, b.dataset, b.record_id, b.role, b.field, b.kind, b.gravity,
       b.opened_release, b.opened_at, b.verify_by, b.due_on, b.is_overdue, b.reopened_count, b.closed_at, b.delivery_id,
       b.file, b."row", d.local_value, d.register_value, d.likely_wrong, d.likely_wrong_reason, k.reason AS link_reason,
       k.evidence
FROM ledger.ticket_board AS b
LEFT JOIN published.discrepancy AS d USING (discrepancy_id)
LEFT JOIN ledger.link AS k ON k.record_id = b.record_id AND k.role = b.role AND k.valid_to_release IS NULL
ORDER BY b.office COLLATE "C", b.due_on, b.gravity DESC, b.ticket_id COLLATE "C";
