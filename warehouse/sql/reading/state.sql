-- The release that holds and what it was made from.
SELECT release, state FROM ops.state;
