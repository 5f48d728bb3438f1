"""The way out of quarantine: sheets for the offices, their answers, and what a run makes of them.

An answer is data beside the row, never a change of it. Corrections go back in as deliveries of their own, so that they
are read, standardised and checked as any other row, and their source is told by their name: `one-stop.corrections`.
"""
