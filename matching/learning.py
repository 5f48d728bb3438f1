"""Learns the shares of levels among matches from what is held, by EM; chance stays what the register's frequencies say.

A pair's odds are those of the nightly weights, its rivals considered; what stewards decided is counted for what it is.
The stated shares are the prior: where the data is silent they stand. With chance fixed and the odds anchored by the
size of the register, the class of matches cannot trade places with the other. (Fellegi and Sunter 1969; Winkler 1988.)
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.learnt import STATED, Learnt, Shares
from matching.levels import Field, Level
from matching.linkages.enterprise import COMPANY_NAME
from matching.linkages.person import BIRTH, FATHER, MOTHER, NAME, NUMBER, SPOUSE

PRIOR_MATCHES = 200.0
"""Pseudo-matches behind the stated shares of a field."""
_MOST_ROUNDS = 200
_STILL = 1e-6
_TIED: dict[Field, tuple[str, ...]] = {
    NAME: ("unaccented", "reordered", "damaged", "initials"),
    BIRTH: ("year",),
    NUMBER: ("former", "repaired"),
    MOTHER: ("unaccented",),
    FATHER: ("unaccented",),
    SPOUSE: ("unaccented",),
    COMPANY_NAME: ("core",),
}
"""Agreement in the record's own manner of writing, as likely whomever it means: its share follows full agreement."""
_ASIDE: dict[Field, tuple[str, ...]] = {BIRTH: ("near_year",), NUMBER: ("parent", "spouse")}
"""Levels of a manner of their own, which stand as stated."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs of one register: [profile, <level code per field>, odds] and what stewards said, where they did.

    `odds` are log2 odds by the stated shares; `is_same` is null unless a steward decided.
    """

    register: str
    frame: pl.DataFrame


def learn(parts: Sequence[Pairs]) -> Learnt:
    """The model of all registers' pairs."""
    fits = {each.register: _Fit.of(each) for each in parts if each.frame.height}
    told = {register: fit.run() for register, fit in fits.items()}
    return Learnt(
        m={register: shares for register, (shares, _, _) in told.items()},
        rounds=max((rounds for _, rounds, _ in told.values()), default=0),
        has_converged=all(is_still for _, _, is_still in told.values()),
        verdicts=sum(int(each.frame["is_same"].count()) for each in parts),
        fingerprint=_fingerprint(parts),
    )


def _fingerprint(parts: Sequence[Pairs]) -> str:
    """Of the counts of patterns, whatever the order of pairs."""
    total = hashlib.sha256()
    for each in sorted(parts, key=lambda part: part.register):
        names = [field.name for field in STATED[each.register]]
        counted = each.frame.group_by(*names, "is_same", pl.col("odds").round(2)).len().sort(pl.all())
        total.update(each.register.encode() + counted.write_csv().encode())
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class _Shape:
    """The levels of one field that are learnt, as places from the worst up; the last stands for all agreement."""

    field: Field
    levels: tuple[Level, ...]
    place: NDArray[np.int64]
    """By code: the place, or -1 for what is not learnt."""

    @classmethod
    def of(cls, field: Field) -> "_Shape | None":
        """None where a field has no two levels to choose between."""
        own_manner = _TIED.get(field, ()) + _ASIDE.get(field, ())
        learnt = tuple(each for each in field.levels[::-1] if each.name not in own_manner)
        if len(learnt) < 2:
            return None
        place = np.full(max(each.code for each in field.levels) + 1, -1)
        for at, each in enumerate(learnt):
            place[each.code] = at
        for each in field.levels:
            if each.name in _TIED.get(field, ()):
                place[each.code] = len(learnt) - 1
        return cls(field, learnt, place)

    @property
    def stated(self) -> Floats:
        """The stated shares, which need not sum to one."""
        return np.array([each.m for each in self.levels])

    def ratios(self, m: Floats) -> Floats:
        """By code: what to multiply the stated share with."""
        ratio = m / self.stated
        return np.where(self.place >= 0, ratio[self.place], 1.0)

    def shares(self, m: Floats) -> dict[str, float]:
        """By level, those of a manner of writing following agreement."""
        ratio = m / self.stated
        told = {each.name: float(share) for each, share in zip(self.levels, m, strict=True)}
        tied = {
            each.name: float(min(each.m * ratio[-1], 1.0))
            for each in self.field.levels
            if each.name in _TIED.get(self.field, ())
        }
        return {name: round(share, 9) for name, share in (told | tied).items()}

    def anew(self, found: Floats) -> Floats:
        """The shares after so many matches of each level were found, on the scale of the stated ones."""
        whole = self.stated.sum()
        fresh = (found + PRIOR_MATCHES * self.stated / whole) / (found.sum() + PRIOR_MATCHES) * whole
        return self._ordered(np.minimum(fresh, 1.0))

    def _ordered(self, m: Floats) -> Floats:
        """No level of fixed chance says less than a worse one, if it did not as stated; none beats agreement."""
        m = m.copy()
        fixed = [at for at, each in enumerate(self.levels) if each.u is not None]
        groups: list[list[int]] = []
        for at in fixed:
            groups.append([at])
            while len(groups) > 1 and self._has_fallen(groups[-2], groups[-1], m):
                last = groups.pop()
                groups[-1] += last
        for group in groups:
            m[group] = self._u(group) * (m[group].sum() / self._u(group).sum())
        others = [at for at, each in enumerate(self.levels) if each.u is None]
        m[others] = np.minimum(m[others], m[-1])
        return m

    def _has_fallen(self, low: Sequence[int], high: Sequence[int], m: Floats) -> bool:
        was = self.levels[high[0]].bits >= self.levels[low[-1]].bits
        return was and m[high].sum() / self._u(high).sum() < m[low].sum() / self._u(low).sum()

    def _u(self, places: Sequence[int]) -> Floats:
        return np.array([self.levels[at].u or 1.0 for at in places])


@dataclass(frozen=True, slots=True)
class _Fit:
    """The pairs as arrays."""

    shapes: tuple[_Shape, ...]
    codes: tuple[NDArray[np.int64], ...]
    """Per field: the code of each pair, 0 a blank."""
    odds: Floats
    profile: NDArray[np.int64]
    known: Floats
    """1 or 0 where a steward, or a decided rival, settles the pair; nan elsewhere."""

    @classmethod
    def of(cls, pairs: Pairs) -> "_Fit":
        """Sorted, so that sums come out the same for any order of pairs."""
        shapes = tuple(shape for each in STATED[pairs.register] if (shape := _Shape.of(each)))
        ordered = pairs.frame.sort("profile", "odds", *(each.field.name for each in shapes), "is_same")
        decided = pl.col("is_same").any().over("profile").fill_null(False)
        known = pl.when(pl.col("is_same").is_not_null()).then("is_same").when(decided).then(False)
        told = ordered.with_columns(profile=pl.col("profile").rank("dense") - 1, known=known)
        codes = tuple(told[each.field.name].fill_null(0).to_numpy().astype(np.int64) for each in shapes)
        fixed = told["known"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        return cls(shapes, codes, told["odds"].to_numpy(), told["profile"].to_numpy().astype(np.int64), fixed)

    def run(self) -> tuple[Shares, int, bool]:
        """The shares, how many rounds they took, and whether they stood still at the end."""
        m, turn, change = [each.stated for each in self.shapes], 0, 1.0
        while turn < _MOST_ROUNDS and change >= _STILL:
            turn += 1
            p = self._probability(m)
            fresh = [shape.anew(self._found(at, p)) for at, shape in enumerate(self.shapes)]
            change = max(float(np.abs(one - two).max()) for one, two in zip(m, fresh, strict=True))
            m = fresh
        shares = {shape.field.name: shape.shares(each) for shape, each in zip(self.shapes, m, strict=True)}
        return shares, turn, change < _STILL

    def _probability(self, m: Sequence[Floats]) -> Floats:
        """P(match) of each pair: the candidates of a profile share its one match."""
        odds = self.odds.copy()
        for shape, mine, codes in zip(self.shapes, m, self.codes, strict=True):
            odds += np.log2(shape.ratios(mine))[codes] * (codes > 0)
        weight = np.exp2(np.clip(odds, -500, 500))
        p = weight / (1 + np.bincount(self.profile, weight)[self.profile])
        return np.where(np.isnan(self.known), p, self.known)

    def _found(self, at: int, p: Floats) -> Floats:
        shape, codes = self.shapes[at], self.codes[at]
        place = np.where(codes > 0, shape.place[codes], -1)
        return np.bincount(place[place >= 0], p[place >= 0], minlength=len(shape.levels)).astype(np.float64)


def no_pairs(fields: Sequence[Field]) -> pl.DataFrame:
    """The columns of compared pairs, and no row."""
    codes = {each.name: pl.Int16() for each in fields}
    return pl.DataFrame(schema={"profile": pl.UInt32(), "target": pl.UInt32(), **codes, "odds": pl.Float64()})


def compared(weighed: pl.DataFrame, fields: Sequence[Field]) -> pl.DataFrame:
    """The same columns of pairs that were compared and weighed."""
    return weighed.select(pl.col(name).cast(dtype) for name, dtype in no_pairs(fields).schema.items())


def labelled(pairs: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `is_same` as decided; labels: [profile, target, is_match], left aside where they contradict."""
    once = labels.unique().unique(["profile", "target"], keep="none")
    partners = pl.col("is_match").cast(pl.UInt32).sum().over("profile")
    told = once.filter(partners <= 1).rename({"is_match": "is_same"})
    return pairs.join(told, on=["profile", "target"], how="left", maintain_order="left")
