-- Which rows of each dataset the published tables were made from.
INSERT INTO ops.holding AS h (dataset, fingerprint, run_id)
SELECT held.key, held.value, %(run_id)s FROM jsonb_each_text(%(holdings)s::jsonb) AS held
ON CONFLICT (dataset) DO UPDATE SET fingerprint = excluded.fingerprint, run_id = excluded.run_id
WHERE h.fingerprint IS DISTINCT FROM excluded.fingerprint;
