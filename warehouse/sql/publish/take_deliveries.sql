-- Deliveries taken in, so that the same one is known when it comes again.
INSERT INTO ops.delivery (delivery_id, source, kind, fingerprint, rows, run_id)
SELECT i.delivery_id, i.source, i.kind, i.fingerprint, i.rows, %(run_id)s FROM candidate.incoming_delivery AS i
ORDER BY i.ctid;
