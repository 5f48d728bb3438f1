-- All deliveries taken in, in the order in which they were applied.
SELECT d.delivery_id, d.source, d.fingerprint FROM ops.delivery AS d ORDER BY d.position;
