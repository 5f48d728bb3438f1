"""How many matches blocking missed, estimated from those that few of its rules found (capture and recapture).

Each rule is a trap: of matches caught by exactly one rule (f1) and by exactly two (f2), about f1²/2·f2 were caught by
none. The rules overlap on purpose, so it is a lower bound. (Chao 1987.)
"""

import polars as pl

from matching.reasons import Status


def missed(rules: pl.Series) -> float:
    """How many were caught by none, from how many rules caught each of the others."""
    once, twice = int((rules == 1).sum()), int((rules == 2).sum())
    return once * once / (2 * twice) if twice else once * (once - 1) / 2


def missed_in_blocking(decided: pl.DataFrame, found: pl.DataFrame) -> tuple[int, float]:
    """How many profiles are linked by blocking, and how many more would be if it missed nothing.

    `found` is [profile, target, rules]: by how many rules each pair was found.
    """
    linked = decided.filter(pl.col("status") == Status.LINKED.value).select("profile", "target").unique()
    rules = linked.join(found, on=["profile", "target"])["rules"]
    return rules.len(), missed(rules)
