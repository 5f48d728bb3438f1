"""Administrative units of Viet Nam in their old (before 1 July 2025) and new form, and the way from one to the other."""
