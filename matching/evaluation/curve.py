"""What linking from each threshold on would have given, and whether probabilities mean what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.evaluation.measures import Rates, rates
from matching.reasons import Status

_BINS = 10
_EVEN = 0.5
_IN_DOUBT = (0.01, 0.99)


@dataclass(frozen=True, slots=True)
class Point:
    """Linking every pair from a threshold on."""

    threshold: float
    rates: Rates
    reviews: int | None
    """Pairs in doubt: not linked, yet likelier than one minus the threshold; None where scores are no probabilities."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one probability: the share that is true should be the probability."""

    low: float
    high: float
    pairs: int
    probability: float
    true_share: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far probabilities are from the shares they promise (expected calibration error; Naeini et al. 2015)."""

    error: float
    """Mean distance over all pairs, most of which are hopeless or certain."""
    error_in_doubt: float | None
    """The same over the pairs between 0.01 and 0.99; None where there is none."""
    bins: tuple[Bin, ...]


def curve(pairs: pl.DataFrame, matches: int, thresholds: Sequence[float], *, score: str) -> tuple[Point, ...]:
    """One point a threshold; pairs: the score and `is_true`. Pairs that never came near are missed at all of them."""
    is_probability = score == "probability"
    return tuple(
        _point(pairs[score], pairs["is_true"], at, matches, is_probability=is_probability) for at in sorted(thresholds)
    )


def _point(scores: pl.Series, is_true: pl.Series, at: float, matches: int, *, is_probability: bool) -> Point:
    linked = scores >= at
    doubtful = None
    if is_probability:
        doubtful = int(((scores < at) & (scores >= 1 - at)).sum()) if at > _EVEN else 0
    return Point(at, rates(int(linked.sum()), int((linked & is_true).sum()), matches), doubtful)


def without_rivals(pairs: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The pairs that may be links at once: where no record has two links on a side, each record's best pair there.

    The links themselves tell how many partners a record may have, so that no description is needed to judge them.
    """
    linked = links.filter((pl.col("status") == Status.LINKED.value) & pl.col("right_id").is_not_null())
    kept = pairs.sort(["probability", "left_id", "right_id"], descending=[True, False, False])
    for side in ("left_id", "right_id"):
        if linked.height and not linked[side].is_duplicated().any():
            kept = kept.unique(side, keep="first", maintain_order=True)
    return kept


def calibration(pairs: pl.DataFrame) -> Calibration | None:
    """The calibration of `probability` against `is_true`; None of no pairs."""
    if not pairs.height:
        return None
    p, is_true = pairs["probability"].to_numpy(), pairs["is_true"].to_numpy().astype(float)
    low, high = _IN_DOUBT
    in_doubt = (p > low) & (p < high)
    bins = _bins(p, is_true)
    return Calibration(_error(bins), _error(_bins(p[in_doubt], is_true[in_doubt])) if in_doubt.any() else None, bins)


def _bins(p: np.ndarray, is_true: np.ndarray) -> tuple[Bin, ...]:
    place = np.minimum((p * _BINS).astype(int), _BINS - 1)
    inside = [(at, place == at) for at in range(_BINS)]
    return tuple(
        Bin(at / _BINS, (at + 1) / _BINS, int(here.sum()), float(p[here].mean()), float(is_true[here].mean()))
        for at, here in inside
        if here.any()
    )


def _error(bins: Sequence[Bin]) -> float:
    total = sum(each.pairs for each in bins)
    return sum(each.pairs * abs(each.probability - each.true_share) for each in bins) / total
