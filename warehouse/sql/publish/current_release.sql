-- The last release; empty before the first.
SELECT max(release) FROM published.release;
