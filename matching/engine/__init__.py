"""Links any two tables: see `link.link` and `link.dedupe`."""
