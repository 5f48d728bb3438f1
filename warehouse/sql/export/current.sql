-- The last release and what it was made from.
SELECT release, state FROM published.release ORDER BY release DESC LIMIT 1;
