"""From weights to honest probabilities: how likely a pair is a match, knowing its rivals and how many can be true.

A record that may have one partner divides its belief among its candidates and the chance that it has none. Where both
sides may have one partner only, the belief that an entry is free is passed along the pairs until it settles (the
Bethe approximation of matchings: exact where pairs form no ring). The share of records with a match is learnt with it.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine.em import Floats
from matching.engine.spec import Cardinality

_ROUNDS = 30
_PRIOR_ROUNDS = 25
_STILL = 1e-7
_LEAST_FREE = 0.02
"""A record is always taken to have no partner with at least this probability."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows of both tables and how many partners a row may have."""

    left: int
    right: int
    cardinality: Cardinality


def settle(scored: pl.DataFrame, sizes: Sizes, share: float | None = None) -> tuple[pl.Series, float]:
    """P(match) of each pair [l, r, bits], and the share of matches; learnt unless given."""
    if not scored.height:
        return pl.Series("probability", [], pl.Float64), share or 0.0
    graph = _Graph.of(scored)
    fixed = share is not None
    current = share if share is not None else _first_share(sizes)
    p = np.zeros(scored.height)
    for _ in range(1 if fixed else _PRIOR_ROUNDS):
        p = _marginals(graph, _odds(graph.bits, sizes, current), sizes.cardinality)
        found = _share(p, sizes)
        if fixed or abs(found - current) <= _STILL * max(found, _STILL):
            break
        current = found
    return pl.Series("probability", p), current


@dataclass(frozen=True, slots=True)
class _Graph:
    bits: Floats
    left: np.ndarray
    right: np.ndarray

    @classmethod
    def of(cls, scored: pl.DataFrame) -> "_Graph":
        """Sides renumbered without gaps."""
        left = scored["l"].rank("dense").to_numpy().astype(np.int64) - 1
        right = scored["r"].rank("dense").to_numpy().astype(np.int64) - 1
        return cls(scored["bits"].to_numpy(), left, right)


def _first_share(sizes: Sizes) -> float:
    if sizes.cardinality in (Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE):
        return 0.5 * min(1.0, sizes.right / max(sizes.left, 1)) if sizes.cardinality is Cardinality.ONE_TO_ONE else 0.5
    return 0.5 / max(sizes.left, sizes.right, 1)


def _share(p: Floats, sizes: Sizes) -> float:
    match sizes.cardinality:
        case Cardinality.ONE_TO_ONE | Cardinality.MANY_TO_ONE:
            return float((p.sum() + 0.5) / (sizes.left + 1))
        case Cardinality.DEDUPE:
            return float((p.sum() + 0.5) / (sizes.left * max(sizes.left - 1, 1) / 2 + 1))
        case Cardinality.MANY_TO_MANY:
            return float((p.sum() + 0.5) / (sizes.left * sizes.right + 1))


def _odds(bits: Floats, sizes: Sizes, share: float) -> Floats:
    """Odds of each pair against being no match, rivals left aside."""
    match sizes.cardinality:
        case Cardinality.MANY_TO_ONE:
            prior = share / max(1 - share, _LEAST_FREE) / max(sizes.right, 1)
        case Cardinality.ONE_TO_ONE:
            of_right = share * sizes.left / max(sizes.right, 1)
            prior = share / max(sizes.right, 1) / max(1 - share, _LEAST_FREE) / max(1 - of_right, _LEAST_FREE)
        case _:
            prior = share / max(1 - share, _LEAST_FREE)
    return np.asarray(np.exp2(np.clip(bits + np.log2(max(prior, 1e-300)), -1000, 1000)))


def _marginals(graph: _Graph, odds: Floats, cardinality: Cardinality) -> Floats:
    match cardinality:
        case Cardinality.MANY_TO_ONE:
            total = np.bincount(graph.left, odds)
            return np.asarray(odds / (1 + total[graph.left]))
        case Cardinality.ONE_TO_ONE:
            return _of_matchings(graph, odds)
        case _:
            return np.asarray(odds / (1 + odds))


def _of_matchings(graph: _Graph, odds: Floats) -> Floats:
    free_left = np.ones(len(odds))
    free_right = np.ones(len(odds))
    for _ in range(_ROUNDS):
        new_left = _free(graph.left, odds * free_right)
        new_right = _free(graph.right, odds * new_left)
        change = max(np.abs(new_left - free_left).max(), np.abs(new_right - free_right).max())
        free_left, free_right = new_left, new_right
        if change < _STILL:
            break
    edge = odds * free_left * free_right
    return np.asarray(edge / (1 + edge))


def _free(side: np.ndarray, wanted: Floats) -> Floats:
    """For each pair: the probability that its row of this side is not taken by another pair."""
    total = np.bincount(side, wanted)
    return np.asarray(1 / (1 + np.maximum(total[side] - wanted, 0.0)))


def log_odds(bits: pl.Series, sizes: Sizes, share: float) -> pl.Series:
    """log2 odds of each pair against being no match, rivals left aside."""
    return pl.Series("gain", np.log2(np.maximum(_odds(bits.to_numpy(), sizes, share), 1e-300)))
