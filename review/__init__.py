"""What people look at: the match report of a run (and, later, the stewards' workbench)."""
