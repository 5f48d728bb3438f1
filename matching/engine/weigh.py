"""Weighs candidate pairs: bits of every comparison, summed; pairs that can no longer matter are dropped on the way.

Equality is cheap and tells most. So every comparison is first held for equal or not, and a pair is dropped as soon as
even the best that the open comparisons could still say would leave it below the cut; letters are compared for the few
that remain. No pair above the cut is lost by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine import compare
from matching.engine.model import Field, Model
from matching.engine.tables import Plan, Table
from matching.engine.train import rarity_bits

_WORTH_COPYING = 0.8
_PLAIN = ("exact", "date", "number")
"""Kinds whose values are numbers: compared first."""


@dataclass(frozen=True, slots=True)
class Scales:
    """What a model says of each comparison: bits by code, and how rarity is added."""

    bits: tuple[np.ndarray, ...]
    rarity: tuple[np.ndarray, ...]
    highest: tuple[float, ...]
    """The most that a comparison can say of any pair."""
    order: tuple[int, ...]
    """The comparisons, cheap ones first, then by how much disagreement tells."""


def scales(model: Model, plan: Plan, right: pl.DataFrame) -> Scales:
    """The scales of a model over the right rows, `t0`, … being their rarity."""
    rarity = tuple(np.concatenate(([0.0], np.array(field.rarity))) for field in model.fields)
    highest = []
    for at, field in enumerate(model.fields):
        most = right[f"t{at}"].max() if f"t{at}" in right.columns else None
        highest.append(float(field.bits.max()) + (max(float(most), 0.0) if isinstance(most, int | float) else 0.0))
    bits = tuple(field.bits for field in model.fields)
    is_plain = [each.kind in _PLAIN for each in plan.spec.comparisons]
    order = sorted(range(len(plan.kinds)), key=lambda at: (not is_plain[at], bits[at][1], at))
    return Scales(bits, rarity, tuple(highest), tuple(order))


def with_rarity(right: Table, model: Model) -> pl.DataFrame:
    """The right rows with `t0`, …: by how many bits agreement on the value says more than on an average one."""
    found = {
        f"t{at}": rarity_bits(right.rows[f"v{at}"], counts, field)
        for at, (field, counts) in enumerate(zip(model.fields, right.counts, strict=True))
        if counts is not None and any(field.rarity)
    }
    return right.rows.with_columns(pl.Series(name, values) for name, values in found.items())


def weigh(
    pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, plan: Plan, *, by: Scales, cut: float
) -> pl.DataFrame:
    """PAIRS with codes c0, … and `bits`, those of at least `cut` bits only."""
    frame = pairs.with_columns(bits=pl.lit(0.0), bound=pl.lit(0.0))
    rest = sum(by.highest)
    for at in by.order:
        rest -= by.highest[at]
        frame = _agreed(frame, left, right, plan, at, by)
        frame = _hopeful(frame, cut - rest)
    for at in by.order:
        frame = _levelled(frame, left, right, plan, at, by)
        frame = _hopeful(frame, cut)
    frame = frame.filter(pl.col("bits") >= cut)
    return frame.select("l", "r", *compare.code_names(plan), pl.col("bits").round(9))


def _hopeful(frame: pl.DataFrame, cut: float) -> pl.DataFrame:
    """The pairs that may still reach the cut; the frame is copied only where that leaves out a good part."""
    is_hopeful = frame.select(pl.col("bits") + pl.col("bound") >= cut).to_series()
    return frame.filter(is_hopeful) if is_hopeful.sum() < _WORTH_COPYING * frame.height else frame


def _agreed(
    frame: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, plan: Plan, at: int, by: Scales
) -> pl.DataFrame:
    """With the code of equality or of a blank; an open comparison adds the best it could say to `bound`."""
    kind = plan.kinds[at]
    code = compare.agreement(left[f"v{at}"].gather(frame["l"]), right[f"v{at}"].gather(frame["r"]), kind)
    if len(kind.levels) == 2:
        code = code.fill_null(1)
    frame = frame.with_columns(code.alias(f"c{at}"), rare=_rare(frame, right, at))
    best = len(kind.levels)
    equal = by.bits[at][best] + by.rarity[at][best] * pl.col("rare")
    is_equal, is_different = pl.col(f"c{at}") == best, pl.col(f"c{at}") == 1
    gained = pl.when(is_equal).then(equal).when(is_different).then(by.bits[at][1]).otherwise(0.0)
    return frame.with_columns(
        bits=pl.col("bits") + gained,
        bound=pl.col("bound") + pl.when(pl.col(f"c{at}").is_null()).then(_most(at, by)).otherwise(0.0),
    ).drop("rare")


def _rare(frame: pl.DataFrame, right: pl.DataFrame, at: int) -> pl.Series:
    if f"t{at}" not in right.columns:
        return pl.repeat(0.0, frame.height, dtype=pl.Float32, eager=True)
    return right[f"t{at}"].gather(frame["r"]).fill_null(0.0)


def _most(at: int, by: Scales) -> pl.Expr:
    """The most that unequal values can say: the second-best level, on as rare a value."""
    return pl.lit(float(by.bits[at][-2])) + float(by.rarity[at][:-1].max()) * pl.max_horizontal(pl.col("rare"), 0.0)


def _levelled(
    frame: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, plan: Plan, at: int, by: Scales
) -> pl.DataFrame:
    """With the level of what is still open for one comparison."""
    name = f"c{at}"
    rows = frame[name].is_null().arg_true()
    if not len(rows):
        return frame
    open_pairs = frame.select("l", "r")[rows]
    mine, theirs = left[f"v{at}"].gather(open_pairs["l"]), right[f"v{at}"].gather(open_pairs["r"])
    code = frame[name].scatter(rows, plan.kinds[at].level(mine, theirs))
    frame = frame.with_columns(was_open=pl.col(name).is_null(), rare=_rare(frame, right, at)).with_columns(
        code.alias(name)
    )
    bits = _looked_up(name, by.bits[at]) + _looked_up(name, by.rarity[at]) * pl.col("rare")
    return frame.with_columns(
        bits=pl.col("bits") + pl.when("was_open").then(bits).otherwise(0.0),
        bound=pl.col("bound") - pl.when("was_open").then(_most(at, by)).otherwise(0.0),
    ).drop("was_open", "rare")


def _looked_up(code: str, values: np.ndarray) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(pl.col(code).cast(pl.UInt32))


def floors(model: Model) -> list[float]:
    """Bits of the worst level of each comparison, at most 0: where `weight` is counted from."""
    return [min(0.0, float(field.bits[1])) for field in model.fields]


def weights(scored: pl.DataFrame, model: Model, names: Sequence[str]) -> pl.Series:
    """`weight`: evidence counted from the worst level of each comparison up, so that a blank never adds any."""
    floor = pl.sum_horizontal(
        [pl.when(pl.col(name) > 0).then(low).otherwise(0.0) for name, low in zip(names, floors(model), strict=True)]
    )
    return scored.select((pl.col("bits") - floor).round(6).alias("weight")).to_series()


def bits_by_field(scored: pl.DataFrame, right: pl.DataFrame, model: Model) -> list[pl.Series]:
    """`<field>_bits` of every comparison: what adds up to the bits of each pair."""
    return [
        field_bits(scored[f"c{at}"], _rare(scored, right, at), field).cast(pl.Float32).alias(f"{field.field}_bits")
        for at, field in enumerate(model.fields)
    ]


def field_bits(codes: pl.Series, rare: pl.Series | None, field: Field) -> pl.Series:
    """The bits of one comparison for each pair, as an explanation shows them."""
    bits = field.bits[codes.to_numpy()]
    if rare is not None:
        bits = bits + np.concatenate(([0.0], np.array(field.rarity)))[codes.to_numpy()] * rare.fill_null(0.0).to_numpy()
    return pl.Series(field.field, bits)
