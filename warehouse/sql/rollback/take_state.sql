-- The published tables stand for the rows held no more: so the next run finds something to do, though nothing is new.
UPDATE ops.state SET state = %(rolled_back)s, release = %(release)s;
