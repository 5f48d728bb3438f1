"""u: how often each level is reached by pairs that nothing but chance brought together."""

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import compare
from matching.engine.em import Floats
from matching.engine.tables import Plan, Table
from matching.parallel import in_turn

_STRIDE = 0.6180339887
"""Of a table's height: each turn pairs every row with another one, and no turn does so as another did."""
_SMOOTHING = 0.5
"""Pseudo-pairs of each level."""
_LEAST_STRANGERS = 0.02
"""Share of the agreeing pairs that is never taken for matches."""
_PLAIN = ("exact", "date", "number")
_LETTERS = 0.3
"""Share of the pairs on which values of letters are compared: they cost most, and their levels are few."""
_FEW = 15_000
"""Rows of each sample whose letters are looked at."""


def levels_by_chance(left: Table, right: Table, plan: Plan) -> list[Floats]:
    """For each comparison the number of random pairs at each level, from worst to best."""
    wanted = plan.spec.limits.training_pairs
    plain = _random_rows(left.sample, right.sample, plan, wanted)
    few = _random_rows(left.sample.head(_FEW), right.sample.head(_FEW), plan, int(wanted * _LETTERS))

    def counted(at: int) -> Floats:
        rows, kind = plain if plan.spec.comparisons[at].kind in _PLAIN else few, plan.kinds[at]
        mine, theirs = left.sample[f"v{at}"].gather(rows["l"]), right.sample[f"v{at}"].gather(rows["r"])
        codes = compare.coded(mine, theirs, kind).to_numpy()
        return np.bincount(codes, minlength=len(kind.levels) + 1)[1:].astype(np.float64)

    return list(in_turn(counted, range(len(plan.kinds))))


def _random_rows(mine: pl.DataFrame, theirs: pl.DataFrame, plan: Plan, wanted: int) -> pl.DataFrame:
    """[l, r] of the samples, whose order depends on ids alone."""
    if not mine.height or not theirs.height:
        return pl.DataFrame(schema={"l": pl.UInt32, "r": pl.UInt32})
    longer = max(mine.height, theirs.height)
    turns = min(-(-wanted // longer), mine.height, theirs.height)
    at = np.arange(min(longer, wanted) * turns)
    shifted = (at + _shifts(theirs.height, turns, plan.spec.seed)[at // longer]) % theirs.height
    rows = pl.DataFrame({"l": at % mine.height, "r": shifted}).unique(maintain_order=True).cast(pl.UInt32)
    if plan.spec.is_dedupe:
        rows = rows.filter(mine["id"].gather(rows["l"]) != theirs["id"].gather(rows["r"]))
    return rows


def _shifts(height: int, turns: int, seed: int) -> NDArray[np.int64]:
    """By how many rows each turn is shifted: spread evenly from where the seed says, each shift once.

    Tables with the same ids have the same order, so no turn but that of a table of one row is shifted by none.
    """
    if height < 2:
        return np.zeros(turns, dtype=np.int64)
    step = round(_STRIDE * (height - 1)) or 1
    while math.gcd(step, height - 1) > 1:
        step += 1
    return 1 + (np.arange(turns, dtype=np.int64) + seed) * step % (height - 1)


def without_matches(found: Floats, share: float, m: Floats) -> Floats:
    """u by level: the random pairs less the matches among them, smoothed."""
    strangers = np.maximum(found - share * found.sum() * m, _LEAST_STRANGERS * found) + _SMOOTHING
    return np.asarray(strangers / strangers.sum())
