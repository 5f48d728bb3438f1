-- What the deliveries taken in looked like.
INSERT INTO ops.profile (delivery_id, fingerprint, source, kind, dataset, rows, profile, run_id)
SELECT i.delivery_id, i.fingerprint, i.source, i.kind, i.dataset, i.rows, i.profile::jsonb, %(run_id)s
FROM candidate.incoming_profile AS i
ORDER BY i.ctid;
