-- Fingerprints of all deliveries ever taken in.
SELECT DISTINCT fingerprint FROM ops.delivery;
