"""Tells matches from kin where a record may have many partners: by further classes beside matches and strangers.

With two classes whatever agrees more than chance becomes the match, be it the street, the maker or the album; where a
record has one partner its rivals prevent that, else nothing does. So two further classes stand beside, free in all
their levels (Larsen and Rubin 2001 did so with three). What each of them is, its average pair says once it is weighed
by the figures of matches. As much as a link needs: matches that were damaged more, unless the class is the larger one
and lacks a good part of what matches say altogether. Little or nothing: kin, but for pairs that say more than the
average one. Between: nobody knows, and each of its pairs is told by what it says itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import compare, weigh
from matching.engine.em import Floats
from matching.engine.model import Kin, Model, never_falling
from matching.engine.tables import Plan, Table

_PAIRS = 200_000
"""Pairs that are learnt from, of those that came near: more say the same again."""
_RARITY_STEPS = 4
"""Steps of one bit in which the rarity of a pair's values is counted."""
_ROUNDS = 300
_STILL = 1e-6
"""Share of the log likelihood that a round must add."""
_STRANGERS = 20.0
"""Pseudo-pairs of strangers behind the levels of each further class."""
_FIRST_MATCHES, _FIRST_OTHERS = 0.1, 0.5
"""Of the pairs that came near, what the classes start from."""
_LITTLE = 0.5
"""Of what a link needs: a class whose average pair says less is of kin for the most part."""
_LACKING = 0.25
"""Of what matches say: a class that lacks more altogether, and is larger than they are, is of kin all the same."""
_LEAST_MATCHES = 20.0
"""Expected matches below which the figures of matches are the assumed ones, and no judge of what else agrees."""
_HARDLY_ANY = 5.0
_TINY = 1e-12
_FEWEST = 0.03
"""Share of the pairs that came near below which a class is none: so few may be strangers that chance brought."""


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs that came near, those of one pattern together."""

    patterns: NDArray[np.int8]
    rare: Floats
    """Bits that the rarity of their values adds."""
    counts: Floats
    pairs: float
    """All pairs of the tables, near or not."""

    @classmethod
    def of(cls, scored: pl.DataFrame, left: Table, right: Table, plan: Plan, model: Model) -> Self:
        """Of SCORED pairs; which of too many are taken depends on their ids alone."""
        order = (left.rows["id"].gather(scored["l"]).hash() + right.rows["id"].gather(scored["r"]).hash()).alias("o")
        some = scored.with_columns(order).bottom_k(_PAIRS, by="o") if scored.height > _PAIRS else scored
        told = [weigh.field_bits(some[f"c{at}"], _rare(some, right, at), f) for at, f in enumerate(model.fields)]
        names = compare.code_names(plan)
        codes = some.select(names).to_numpy()
        plain = [field.bits[codes[:, at]] for at, field in enumerate(model.fields)]
        rare = np.sum([each.to_numpy() for each in told], axis=0) - np.sum(plain, axis=0)
        steps = pl.Series("rare", np.round(rare * _RARITY_STEPS), pl.Int32)
        grouped = some.select(names).with_columns(steps).group_by(*names, "rare").len("count").sort(*names, "rare")
        per_pair = scored.height / max(some.height, 1)
        all_pairs = left.height * (right.height - 1) / 2 if plan.spec.is_dedupe else left.height * right.height
        return cls(
            grouped.select(names).to_numpy().astype(np.int8),
            grouped["rare"].to_numpy() / _RARITY_STEPS,
            grouped["count"].to_numpy() * per_pair,
            float(max(all_pairs, 1)),
        )


@dataclass(frozen=True, slots=True)
class _Class:
    levels: list[Floats]
    share: float
    """Of its pairs, for each pair of the tables."""
    known: Floats
    """By field how many of its pairs say something."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """The further classes by what their average pairs say."""

    matches: list[_Class]
    kin: list[_Class]
    """Sure to be of kin, however much they say."""
    against: list[_Class]
    """Of kin, but for pairs that say more than the average one."""
    mixed: list[_Class]
    """Of kin for the most part."""
    whole: list[_Class]
    """Whatever they are, they speak for matches and lack next to nothing that matches say."""

    @classmethod
    def of(cls, matches: _Class, others: Sequence[_Class], u: Sequence[Floats]) -> Self:
        """What is neither stays out: its pairs are told by what each says itself."""
        found = cls([], [], [], [], [])
        own = _bits_by_field(matches, matches, u)
        for each in others:
            bits = _bits_by_field(matches, each, u)
            part = float(bits.sum() / -np.log2(matches.share))
            worth = own * each.known
            lacks = float(worth[bits <= 0].sum() / max(worth.sum(), _TINY))
            if part > 0 and lacks < _LACKING:
                found.whole.append(each)
            if part >= 1:
                is_kin = lacks >= _LACKING and each.share > matches.share
                (found.kin if is_kin else found.matches).append(each)
            elif part <= 0:
                found.against.append(each)
            elif part <= _LITTLE:
                found.mixed.append(each)
        return found


def told_apart(near: Near, model: Model, prior: Sequence[Floats]) -> Model:
    """The model with m of matches alone and with the kin beside them; as it was where all that agrees are matches.

    `prior` are pseudo-matches by code, as in `em.estimate`.
    """
    if not len(near.counts):
        return model
    u = [np.array(field.u) for field in model.fields]
    matches, others = _fitted(near, model, u, prior)
    others = [each for each in others if each.share * near.pairs >= _FEWEST * near.counts.sum()]
    judged = _Judged.of(matches, others, u)
    expected = matches.share * near.pairs
    # Where hardly a pair agrees as matches are assumed to, what lacks nothing may be the matches.
    if len(judged.matches) == len(others) or (expected < _HARDLY_ANY and judged.whole):
        return model
    odds = _match_odds(near, matches, u) + _odds_of_all(near, judged.matches, u)
    believed = odds / (odds + 1 + _odds_of_all(near, judged.kin + judged.against, u))
    mixed = judged.mixed if expected >= _LEAST_MATCHES else []
    kin = judged.kin + _left_over(near, judged.against + mixed, odds, u)
    m = _levels(near, near.counts * believed, prior)
    fields = tuple(replace(field, m=tuple(map(float, each))) for field, each in zip(model.fields, m, strict=True))
    return replace(model, fields=fields, kin=tuple(Kin(each.share, _as_told(each.levels)) for each in kin))


def _left_over(near: Near, of: Sequence[_Class], odds: Floats, u: Sequence[Floats]) -> list[_Class]:
    """What of these classes no match claims, each pair for what it says itself."""
    of_each = [_odds(near, each, u) for each in of]
    total, strangers = odds + 1 + _odds_of_all(near, of, u), [_STRANGERS * each for each in u]
    return [_class(near, near.counts * each / total / (odds + 1), strangers) for each in of_each]


def _fitted(near: Near, model: Model, u: Sequence[Floats], prior: Sequence[Floats]) -> tuple[_Class, list[_Class]]:
    """The classes that EM arrives at: matches, and two others."""
    first = float(near.counts.sum()) / near.pairs
    assumed = [each / each.sum() for each in prior]
    nothing = np.zeros(len(u))
    matches = _Class(assumed, first * _FIRST_MATCHES, nothing)
    starts = [[np.array(field.m) for field in model.fields], [(a + b) / 2 for a, b in zip(assumed, u, strict=True)]]
    others = [_Class(each, first * _FIRST_OTHERS / len(starts), nothing) for each in starts]
    strangers, last = [_STRANGERS * each for each in u], -np.inf
    for _ in range(_ROUNDS):
        odds = [_match_odds(near, matches, u), *(_odds(near, each, u) for each in others)]
        total = 1 + np.sum(odds, axis=0)
        likelihood = float((near.counts * np.log(total)).sum()) - near.pairs * (
            matches.share + sum(each.share for each in others)
        )
        of_matches, *of_others = (near.counts * each / total for each in odds)
        matches = _class(near, of_matches, prior, 0.5)
        others = [_class(near, each, strangers) for each in of_others]
        if abs(likelihood - last) < _STILL * abs(likelihood):
            break
        last = likelihood
    return matches, others


def _class(near: Near, weight: Floats, prior: Sequence[Floats], more: float = 0.05) -> _Class:
    """The class of so many pairs of each pattern."""
    known = np.array([weight[near.patterns[:, at] > 0].sum() for at in range(near.patterns.shape[1])])
    return _Class(_levels(near, weight, prior), (float(weight.sum()) + more) / (near.pairs + 1), known)


def _odds_of_all(near: Near, classes: Sequence[_Class], u: Sequence[Floats]) -> Floats:
    return sum((_odds(near, each, u) for each in classes), np.zeros(len(near.counts)))


def _match_odds(near: Near, matches: _Class, u: Sequence[Floats]) -> Floats:
    """Odds of each pattern for a match against strangers, as a linkage will weigh it."""
    return _summed(near, [never_falling(m, each) for m, each in zip(matches.levels, u, strict=True)], matches.share)


def _odds(near: Near, of: _Class, u: Sequence[Floats]) -> Floats:
    return _summed(near, [np.log2(m / each) for m, each in zip(of.levels, u, strict=True)], of.share)


def _summed(near: Near, bits: Sequence[Floats], share: float) -> Floats:
    total = near.rare + np.log2(share)
    for at, each in enumerate(bits):
        total = total + np.concatenate(([0.0], each))[near.patterns[:, at]]
    return np.asarray(np.exp2(np.clip(total, -200, 200)))


def _levels(near: Near, weight: Floats, prior: Sequence[Floats]) -> list[Floats]:
    counted = (
        np.bincount(near.patterns[:, at], weight, minlength=len(each) + 1)[1:] + each for at, each in enumerate(prior)
    )
    return [each / each.sum() for each in counted]


def _as_told(levels: Sequence[Floats]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, each)) for each in levels)


def _bits_by_field(matches: _Class, of: _Class, u: Sequence[Floats]) -> Floats:
    """What the average pair of a class says for a match, field by field."""
    fields = zip(matches.levels, of.levels, u, strict=True)
    return np.array([(never_falling(m, each) * levels).sum() for m, levels, each in fields])


def _rare(scored: pl.DataFrame, right: Table, at: int) -> pl.Series | None:
    return right.rows[f"t{at}"].gather(scored["r"]) if f"t{at}" in right.rows.columns else None
