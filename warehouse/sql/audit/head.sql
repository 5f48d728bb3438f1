-- The last entry; nothing before the first.
SELECT e.position, e.hash FROM audit.entry AS e ORDER BY e.position DESC LIMIT 1;
