-- Fingerprint of the rows held, by dataset.
SELECT dataset, fingerprint FROM ops.holding ORDER BY dataset COLLATE "C";
