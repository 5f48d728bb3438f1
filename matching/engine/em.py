"""Fellegi–Sunter parameters from counts of patterns, by expectation–maximisation with u held fixed.

A pattern is one code a field, 0 where a side is blank. With u fixed the match class cannot trade places with the
other: it is the one that agrees more than chance. (Fellegi and Sunter 1969; Winkler 1988.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_MOST_ROUNDS = 200
_STILL = 1e-6
"""Largest change of a parameter at which EM has converged."""
_FIRST_SHARE = 0.1
_LEAST = 1e-12
_LEAST_UNMATCHED = 0.02
"""Records that are always taken to have no partner."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The shares of matches, by level of each field, that EM arrived at."""

    m: tuple[Floats, ...]
    """Per field: P(code | match) for codes 1, 2, …; sums to 1."""
    share: float
    """Of the pairs that are matches."""
    rounds: int
    has_converged: bool
    matches: tuple[float, ...]
    """Per field: expected matches that say something of it."""


def posterior(patterns: NDArray[np.int8], m: Sequence[Floats], u: Sequence[Floats], share: float) -> Floats:
    """P(match) of each pattern."""
    bits = log_ratio(patterns, m, u)
    odds = np.log(max(share, _LEAST)) - np.log(max(1 - share, _LEAST)) + bits
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -500, 500))), dtype=np.float64)


def log_ratio(patterns: NDArray[np.int8], m: Sequence[Floats], u: Sequence[Floats]) -> Floats:
    """Natural log of the likelihood ratio of each pattern; a blank adds nothing."""
    total = np.zeros(len(patterns))
    for at, (mine, theirs) in enumerate(zip(m, u, strict=True)):
        table = np.concatenate(([0.0], np.log(np.maximum(mine, _LEAST)) - np.log(np.maximum(theirs, _LEAST))))
        total += table[patterns[:, at]]
    return total


@dataclass(frozen=True, slots=True)
class Rivals:
    """Pairs one by one, where a left record has one partner at most: its candidates are rivals."""

    pattern: NDArray[np.int64]
    """For each pair the place of its pattern."""
    left: NDArray[np.int64]
    """For each pair its left record, numbered from 0 without gaps."""


def estimate(
    patterns: NDArray[np.int8],
    counts: Floats,
    u: Sequence[Floats],
    *,
    prior: Sequence[Floats],
    held_out: frozenset[int] = frozenset(),
    rivals: Rivals | None = None,
) -> Fitted:
    """m of every field that is not held out (agreed by construction of the block), and the share of matches.

    `prior` are pseudo-counts of matches by code; they decide only where the data is silent. With `rivals` a record's
    candidates share its one match: without, the many pairs of one street or one year would become the class.
    """
    shown = [at for at in range(patterns.shape[1]) if at not in held_out]
    m = [each / each.sum() for each in prior]
    believed = _Believed(patterns[:, shown], counts, [u[at] for at in shown], rivals)
    share = _FIRST_SHARE
    has_converged, rounds = False, 0
    for rounds in range(1, _MOST_ROUNDS + 1):  # noqa: B007  (read after the loop)
        weight, new_share = believed.matches([m[at] for at in shown], share)
        change = abs(new_share - share)
        share = new_share
        for at in shown:
            found = np.bincount(patterns[:, at], weight, minlength=len(prior[at]) + 1)[1:] + prior[at]
            fresh = found / found.sum()
            change = max(change, float(np.abs(fresh - m[at]).max()))
            m[at] = fresh
        if change < _STILL:
            has_converged = True
            break
    weight, _ = believed.matches([m[at] for at in shown], share)
    matches = tuple(float(weight[patterns[:, at] > 0].sum()) if at in shown else 0.0 for at in range(patterns.shape[1]))
    return Fitted(tuple(m), float(weight.sum() / max(counts.sum(), 1)), rounds, has_converged, matches)


@dataclass(frozen=True, slots=True)
class _Believed:
    """The step that says how many matches each pattern holds."""

    patterns: NDArray[np.int8]
    counts: Floats
    u: Sequence[Floats]
    rivals: Rivals | None

    def matches(self, m: Sequence[Floats], share: float) -> tuple[Floats, float]:
        """Expected matches of each pattern; and the share anew: of pairs, or of records that have a match."""
        if self.rivals is None:
            weight = self.counts * posterior(self.patterns, m, self.u, share)
            return weight, float((weight.sum() + 1) / (self.counts.sum() + 2))
        ratio = np.exp(np.clip(log_ratio(self.patterns, m, self.u), -300, 300))[self.rivals.pattern]
        candidates = np.bincount(self.rivals.left)
        odds = ratio * share / max(1 - share, _LEAST_UNMATCHED) / candidates[self.rivals.left]
        p = odds / (1 + np.bincount(self.rivals.left, odds)[self.rivals.left])
        weight = np.bincount(self.rivals.pattern, p, minlength=len(self.counts)).astype(np.float64)
        return weight, float((p.sum() + 1) / (len(candidates) + 2))
