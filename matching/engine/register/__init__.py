"""A right table made ready once, on disk: opened in milliseconds, changed by segments, linked night by night."""
