"""From pairs to patterns: a code for each comparison, 0 where a side is blank; and how rare the agreeing value is."""

import polars as pl

from matching.engine.kinds import BLANK, Kind
from matching.engine.tables import Plan


def code_names(plan: Plan) -> list[str]:
    """Columns of the codes: c0, c1, …"""
    return [f"c{at}" for at in range(len(plan.kinds))]


def patterns(left: pl.DataFrame, right: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The codes of all comparisons, row by row of two frames of values."""
    return pl.DataFrame({f"c{at}": coded(left[f"v{at}"], right[f"v{at}"], kind) for at, kind in enumerate(plan.kinds)})


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
