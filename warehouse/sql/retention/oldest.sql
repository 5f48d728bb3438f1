-- The oldest release to be kept: so many back from the present one, or further if one is pinned.
SELECT least(max(r.release) - %(keep)s + 1, (SELECT min(p.release) FROM ops.pin AS p)) FROM published.release AS r;
