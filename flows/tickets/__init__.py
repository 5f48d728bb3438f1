"""Tickets as offices see them: workbooks that ask, and the answers read back."""
