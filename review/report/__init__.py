"""The match report: one self-contained HTML file a run, Vietnamese first and English one click away.

`render` takes the run's summary as plain data (and that of the run before) and returns the whole page. The page carries
its own style, script and charts, asks nothing of any network, and holds counts and office names only, never a person.
"""

from review.report.page import render

__all__ = ["render"]
