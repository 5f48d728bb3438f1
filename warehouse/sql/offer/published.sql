-- The candidate is published now.
UPDATE ops.candidate SET status = 'published';
