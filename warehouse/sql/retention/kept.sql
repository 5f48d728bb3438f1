-- The oldest release that can be shown, and the present one; no present one before the first.
SELECT greatest(ledger.oldest_release(), min(release)), max(release) FROM published.release;
