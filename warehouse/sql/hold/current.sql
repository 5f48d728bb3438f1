-- Who holds all releases, and why.
SELECT held_by, reason, held_at FROM ops.hold;
