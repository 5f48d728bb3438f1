-- The candidate that was offered is one no more: another is being loaded over it.
DELETE FROM ops.candidate;
