"""How many rows a delivery should have, told by those before it: median and median absolute deviation of the logarithm.

Both bear a few odd nights without moving, and what came twice of late is usual, too: every week has its Sunday.
Logarithms, because a busy week doubles a night's rows rather than adding a number to them. The spread is never taken
for less than a floor, so that a source as regular as a clock may still grow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from statistics import median
from typing import Literal

DELIVERIES_LOOKED_AT, DELIVERIES_NEEDED = 14, 5
"""Two weeks of nights; of fewer than five no median is worth its name."""
WARNING_DEVIATIONS = 3.5
"""Iglewicz and Hoaglin (1993): a modified z-score beyond 3.5 is an outlier."""
REFUSAL_DEVIATIONS = 10.0
"""Own judgement: of a register (floor 2 %) a change by about a fifth, of a delta (floor 25 %) by a factor of nine."""
SPREAD_FLOOR = {"full": log(1.02), "delta": log(1.25)}

_NORMAL = 1.4826
"""Makes the median absolute deviation of a normal distribution its standard deviation."""

Verdict = Literal["usual", "unusual", "refused"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many spreads from the median warn, and refuse."""

    warning: float = WARNING_DEVIATIONS
    refusal: float = REFUSAL_DEVIATIONS


@dataclass(frozen=True, slots=True)
class Expected:
    """What the last deliveries lead one to expect."""

    deliveries: int
    median: int
    usual: tuple[int, int]
    """Least and most rows that need no remark."""
    allowed: tuple[int, int]
    """Least and most rows that are loaded."""

    def verdict(self, rows: int) -> Verdict:
        """What to say of so many rows."""
        if not self.allowed[0] <= rows <= self.allowed[1]:
            return "refused"
        return "usual" if self.usual[0] <= rows <= self.usual[1] else "unusual"


def expected(counts: Sequence[int], kind: str, limits: Limits) -> Expected | None:
    """What the row counts of former deliveries of the same source, dataset and kind, oldest first, lead to expect.

    None if they are too few. A delta is never refused for having few rows: nothing happens on a holiday.
    """
    looked_at = counts[-DELIVERIES_LOOKED_AT:]
    if len(looked_at) < DELIVERIES_NEEDED:
        return None
    logs = [log1p(each) for each in looked_at]
    middle = median(logs)
    spread = max(_NORMAL * median([abs(each - middle) for each in logs]), SPREAD_FLOOR[kind])
    ordered = sorted(looked_at)
    usual = _widened(_range(middle, spread * limits.warning), ordered[1], ordered[-2])
    least, most = _widened(_range(middle, spread * limits.refusal), *usual)
    return Expected(len(looked_at), round(exp(middle) - 1), usual, (0 if kind == "delta" else least, most))


def _widened(bounds: tuple[int, int], low: int, high: int) -> tuple[int, int]:
    return min(bounds[0], low), max(bounds[1], high)


def _range(middle: float, width: float) -> tuple[int, int]:
    # As real numbers rounded outward: the bounds themselves are still within.
    return max(int(exp(middle - width) - 1), 0), int(exp(middle + width) - 1) + 1
