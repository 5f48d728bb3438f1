"""From pairs to patterns: a code for each comparison, 0 where a side is blank; and how rare the agreeing value is."""

from collections.abc import Hashable, Sequence
from typing import cast

import polars as pl

from matching.engine.kinds import BLANK, Kind
from matching.engine.tables import Plan


def code_names(plan: Plan) -> list[str]:
    """Columns of the codes: c0, c1, …"""
    return [f"c{at}" for at in range(len(plan.kinds))]


def patterns(left: pl.DataFrame, right: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The codes of all comparisons, row by row of two frames of values."""
    found = {at: agreement(left[f"v{at}"], right[f"v{at}"], kind) for at, kind in enumerate(plan.kinds)}
    for together in _alike(plan.kinds):
        open_rows = [found[at].is_null().arg_true() for at in together]
        sides = [
            pl.concat([side[f"v{at}"].gather(rows).alias("v") for at, rows in zip(together, open_rows, strict=True)])
            for side in (left, right)
        ]
        levels = plan.kinds[together[0]].level(*sides) if len(sides[0]) else pl.Series([], dtype=pl.Int8)
        start = 0
        for at, rows in zip(together, open_rows, strict=True):
            found[at] = found[at].scatter(rows, levels.slice(start, len(rows)))
            start += len(rows)
    return pl.DataFrame({name: found[at] for at, name in enumerate(code_names(plan))})


def _alike(kinds: Sequence[Kind]) -> list[list[int]]:
    """The places of comparisons of equal kinds: their unequal values are looked at together.

    Kinds that have seen values (`fitted`) cannot be told equal, and stay alone.
    """
    groups: dict[Hashable, list[int]] = {}
    for at, kind in enumerate(kinds):
        try:
            groups.setdefault(cast(Hashable, kind), []).append(at)
        except TypeError:
            groups[at] = [at]
    return list(groups.values())


def coded(left: pl.Series, right: pl.Series, kind: Kind) -> pl.Series:
    """The codes of one comparison."""
    found = agreement(left, right, kind)
    unequal = found.is_null().arg_true()
    return found.scatter(unequal, kind.level(left.gather(unequal), right.gather(unequal))) if len(unequal) else found


def agreement(left: pl.Series, right: pl.Series, kind: Kind) -> pl.Series:
    """The code of equality or of a blank; null where both sides say something that is not equal."""
    pairs = pl.DataFrame({"left": left, "right": right})
    code = (
        pl.when(pl.col("left").is_null() | pl.col("right").is_null())
        .then(pl.lit(BLANK, pl.Int8))
        .when(pl.col("left") == pl.col("right"))
        .then(pl.lit(len(kind.levels), pl.Int8))
    )
    return pairs.select(code.alias("code")).to_series()
