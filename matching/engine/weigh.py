"""Weighs candidate pairs: bits of every comparison, summed; pairs that can no longer matter are dropped on the way.

Equality is cheap and tells most. So all comparisons are first held for equal or not, and a pair is dropped as soon as
even the best that the open ones could still say would leave it below the cut. Then numbers and dates are compared, then
letters, of the pairs that remain. No pair above the cut is lost by it.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import compare, kin
from matching.engine.kinds import ByDistinct
from matching.engine.model import Field, Model
from matching.engine.sides import OPEN, Codes, Places, Side, Sides
from matching.engine.tables import Plan, Table
from matching.engine.train import rarity_bits

_PLAIN = ("exact", "date", "number")
"""Kinds whose values are numbers: compared first."""
_AT_ONCE = 65_536
"""Pairs whose lines of both sides stay in the processor's cache."""
_AT_A_TURN = 1_000_000
"""Pairs that one thread takes at a time."""
_WORTH_COPYING = 0.9
_MARGIN = 1e-3
"""Bits by which a bound may be off, being summed in single precision."""


@dataclass(frozen=True, slots=True)
class Scales:
    """What a model says of each comparison: bits by code, and how rarity is added."""

    bits: tuple[np.ndarray, ...]
    rarity: tuple[np.ndarray, ...]
    order: tuple[int, ...]
    """The comparisons, cheap ones first, then by how much disagreement tells."""
    letters: frozenset[int]
    """The comparisons that are left to the last, when few pairs remain."""
    of_kin: tuple[kin.Tables, ...] = ()
    """What kin take, at most 0: so the most that a pair may have stays a bound."""

    def most(self, at: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Bits and shares of rarity by code; the last, at OPEN, are the most that unequal values can say."""
        bits, shares = self.bits[at], self.rarity[at]
        return np.append(bits, bits[-2]).astype(np.float32), np.append(shares, shares[:-1].max()).astype(np.float32)


def scales(model: Model, plan: Plan) -> Scales:
    """The scales of a model."""
    bits = tuple(field.bits for field in model.fields)
    rarity = tuple(np.concatenate(([0.0], np.array(field.rarity))) for field in model.fields)
    is_plain = [each.kind in _PLAIN for each in plan.spec.comparisons]
    letters = frozenset(at for at, kind in enumerate(plan.kinds) if isinstance(kind, ByDistinct))
    order = sorted(range(len(plan.kinds)), key=lambda at: (at in letters, not is_plain[at], bits[at][1], at))
    return Scales(bits, rarity, tuple(order), letters, kin.tables(model))


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
    """PAIRS with codes c0, … and `bits`, those of at least `cut` bits only; of the tables only their rows are read."""
    rows = [pairs[name].unique().sort() for name in ("l", "r")]
    sides = Sides(*(Side.of(side[some], len(plan.kinds)) for side, some in zip((left, right), rows, strict=True)))
    near = pairs.select(l=rows[0].search_sorted(pairs["l"]), r=rows[1].search_sorted(pairs["r"]))
    found = weigh_all([near], sides, plan, by=by, cut=cut)
    return found.with_columns(l=rows[0].gather(found["l"]), r=rows[1].gather(found["r"]))


def weigh_all(made: Iterable[pl.DataFrame], sides: Sides, plan: Plan, *, by: Scales, cut: float) -> pl.DataFrame:
    """PAIRS with codes c0, … and `bits`, those of at least `cut` bits only."""
    scale = _Scale(sides, plan, by, cut)
    with ThreadPoolExecutor(pl.thread_pool_size()) as workers:
        parts = [part for pairs in made for part in workers.map(scale.near, pairs.iter_slices(_AT_A_TURN))]
    near = _Near.joined(parts, len(plan.kinds))
    for at in by.order:
        if at in by.letters:
            near = scale.levelled(near, at)
    return scale.weighed(near)


@dataclass(frozen=True, slots=True)
class _Near:
    """Pairs that may still matter: the most bits that each may have, and its codes as far as they are known."""

    left: Places
    right: Places
    codes: Codes
    most: NDArray[np.float32]

    @classmethod
    def joined(cls, parts: Sequence[Self], comparisons: int) -> Self:
        """The parts as one."""
        empty = np.empty(0, np.uint32)
        start = cls(empty, empty, np.empty((0, comparisons), np.int8), np.empty(0, np.float32))
        every = (start, *parts)
        return cls(
            *(np.concatenate([getattr(each, name) for each in every]) for name in ("left", "right", "codes", "most"))
        )

    def kept(self, cut: float) -> Self:
        """The pairs that may reach the cut; copied only where that leaves out a good part."""
        rows = np.flatnonzero(self.most >= cut - _MARGIN)
        if len(rows) > _WORTH_COPYING * len(self.most):
            return self
        return replace(
            self, left=self.left[rows], right=self.right[rows], codes=self.codes.take(rows, 0), most=self.most[rows]
        )


@dataclass(frozen=True, slots=True)
class _Scale:
    """What pairs are weighed by."""

    sides: Sides
    plan: Plan
    by: Scales
    cut: float

    def near(self, pairs: pl.DataFrame) -> _Near:
        """The pairs that equality, numbers and dates leave over."""
        left, right = pairs["l"].to_numpy(), pairs["r"].to_numpy()
        starts = range(0, len(left), _AT_ONCE)
        parts = [self._equal(left[start : start + _AT_ONCE], right[start : start + _AT_ONCE]) for start in starts]
        near = _Near.joined(parts, len(self.plan.kinds))
        for at in self.by.order:
            if at not in self.by.letters:
                near = self.levelled(near, at)
        return near

    def _equal(self, left: Places, right: Places) -> _Near:
        codes = self.sides.agreement(left, right, [len(kind.levels) for kind in self.plan.kinds])
        most = sum(self._most(right, codes[:, at], at) for at in range(codes.shape[1]))
        return _Near(left, right, codes, np.asarray(most, dtype=np.float32)).kept(self.cut)

    def _most(self, right: Places, codes: Codes, at: int) -> NDArray[np.float32]:
        """The bits of one comparison; of an open one the most that unequal values can say."""
        bits, shares = self.by.most(at)
        if not shares.any():
            return bits[codes]
        rare = self.sides.right.rare[right, at]
        rare[(codes == OPEN) & (rare < 0)] = 0
        most: NDArray[np.float32] = bits[codes] + shares[codes] * rare
        return most

    def levelled(self, near: _Near, at: int) -> _Near:
        """With the levels of what is still open for one comparison; the pairs that it leaves over."""
        rows = np.flatnonzero(near.codes[:, at] == OPEN)
        if not len(rows):
            return near
        left, right, codes = near.left[rows], near.right[rows], near.codes.copy()
        codes[rows, at] = self._level(left, right, at)
        most = near.most.copy()
        most[rows] += self._most(right, codes[rows, at], at) - self._most(right, near.codes[rows, at], at)
        return replace(near, codes=codes, most=most).kept(self.cut)

    def _level(self, left: Places, right: Places, at: int) -> Codes:
        kind = self.plan.kinds[at]
        if isinstance(kind, ByDistinct):
            return kind.level_of(self.sides.distinct(left, right, at)).to_numpy()
        return kind.level(*self.sides.values(left, right, at)).to_numpy()

    def weighed(self, near: _Near) -> pl.DataFrame:
        """The pairs above the cut, their bits summed in the order of the comparisons."""
        bits, rare = np.zeros(len(near.left)), np.zeros(len(near.left))
        for at, (told, shares) in enumerate(zip(self.by.bits, self.by.rarity, strict=True)):
            codes = near.codes[:, at]
            bits += told[codes]
            if shares.any():
                more = shares[codes] * self.sides.right.rare[near.right, at]
                bits += more
                rare += more
        if self.by.of_kin:
            bits += kin.taken(near.codes, rare, self.by.of_kin)
        names = compare.code_names(self.plan)
        levels = {name: near.codes[:, at] for at, name in enumerate(names)}
        found = pl.DataFrame({"l": near.left, "r": near.right} | levels | {"bits": bits})
        # A pair that says nothing at all is none, however small the register and low the cut.
        is_told = pl.Series((near.codes > 0).any(axis=1))
        return found.filter((pl.col("bits") >= self.cut) & is_told).with_columns(pl.col("bits").round(9))


def floors(model: Model) -> list[float]:
    """Bits of the worst level of each comparison, at most 0: where `weight` is counted from."""
    return [min(0.0, float(field.bits[1])) for field in model.fields]


def weights(scored: pl.DataFrame, model: Model, names: Sequence[str]) -> pl.Series:
    """`weight`: evidence counted from the worst level of each comparison up, so that a blank never adds any."""
    floor = pl.sum_horizontal(
        [pl.when(pl.col(name) > 0).then(low).otherwise(0.0) for name, low in zip(names, floors(model), strict=True)]
    )
    return scored.select((pl.col("bits") - floor).round(6).alias("weight")).to_series()


def _rare(frame: pl.DataFrame, right: pl.DataFrame, at: int) -> pl.Series | None:
    return right[f"t{at}"].gather(frame["r"]) if f"t{at}" in right.columns else None


def bits_by_field(scored: pl.DataFrame, right: pl.DataFrame, model: Model) -> list[pl.Series]:
    """`<field>_bits` of every comparison, and of kin where the model has any: what adds up to the bits of each pair."""
    told = [field_bits(scored[f"c{at}"], _rare(scored, right, at), field) for at, field in enumerate(model.fields)]
    return [each.cast(pl.Float32).alias(f"{each.name}_bits") for each in [*told, *kin_bits(scored, told, model)]]


def kin_bits(scored: pl.DataFrame, told: Sequence[pl.Series], model: Model) -> list[pl.Series]:
    """The bits that kin take of each pair whose fields say so much; no series where the model has no kin."""
    if not model.kin:
        return []
    codes = scored.select(f"c{at}" for at in range(len(told))).to_numpy()
    rare = np.zeros(scored.height)
    for at, (field, bits) in enumerate(zip(model.fields, told, strict=True)):
        rare += bits.to_numpy() - field.bits[codes[:, at]]
    return [pl.Series(kin.NAME, kin.taken(codes, rare, kin.tables(model)))]


def sums(coded: pl.DataFrame, right: pl.DataFrame, model: Model) -> pl.Series:
    """`bits` of each row of codes c0, …; `right` has the right rows beside them. No pair is dropped."""
    told = [
        field_bits(coded[f"c{at}"], right[f"t{at}"] if f"t{at}" in right.columns else None, field)
        for at, field in enumerate(model.fields)
    ]
    told += kin_bits(coded, told, model)
    return pl.Series("bits", np.sum([each.to_numpy() for each in told], axis=0), pl.Float64)


def field_bits(codes: pl.Series, rare: pl.Series | None, field: Field) -> pl.Series:
    """The bits of one comparison for each pair, as an explanation shows them."""
    bits = field.bits[codes.to_numpy()]
    if rare is not None:
        bits = bits + np.concatenate(([0.0], np.array(field.rarity)))[codes.to_numpy()] * rare.fill_null(0.0).to_numpy()
    return pl.Series(field.field, bits)
