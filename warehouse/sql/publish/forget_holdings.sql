-- Datasets that are held no more.
DELETE FROM ops.holding AS h WHERE NOT (%(holdings)s::jsonb ? h.dataset);
