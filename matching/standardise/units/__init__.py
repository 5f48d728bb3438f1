"""Administrative units of Viet Nam before and since 1 July 2025, and the way from the old ones to the new."""
