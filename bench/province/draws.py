"""Random draws for whole columns; every one of them takes its generator, so that a seed decides everything."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_Scalar = TypeVar("_Scalar", bound=np.generic)

_FIRST_DAY, _DAYS = -40_000, 80_000
"""From 1860 to 2079."""


def shares(weights: Sequence[float] | Floats) -> Floats:
    """The weights as shares of their sum."""
    raw = np.asarray(weights, dtype=np.float64)
    total: float = raw.sum()
    return raw / total


def zipf_like(length: int, head: float) -> Floats:
    """Shares that fall with the rank; the larger `head`, the flatter the beginning."""
    return shares(1 / (np.arange(length) + head))


def drawn(rng: np.random.Generator, values: npt.NDArray[_Scalar], weights: Floats, size: int) -> npt.NDArray[_Scalar]:
    """`size` of the values, each as often as its weight says."""
    places = np.searchsorted(np.cumsum(shares(weights)), rng.random(size), side="right")
    # The cumulated shares may end a rounding error below one.
    return values[np.minimum(places, len(values) - 1)]


def happens(rng: np.random.Generator, rate: float | Floats, size: int) -> Bools:
    """For each of `size` cases whether it happens."""
    hits: Bools = rng.random(size) < rate
    return hits


def fates(rng: np.random.Generator, rates: Sequence[float], size: int) -> Ints:
    """For each of `size` cases the place of the one thing that happens; the count of rates where nothing does."""
    return np.searchsorted(np.cumsum(rates), rng.random(size), side="right").astype(np.int64)


def years_of(days: Ints) -> Ints:
    """The calendar years of days counted from 1970."""
    years: Ints = _calendar()[days - _FIRST_DAY]
    return years


@cache
def _calendar() -> Ints:
    """The year of each day from `_FIRST_DAY` on: looking up takes about a fifth of the time of reckoning."""
    days = _FIRST_DAY + np.arange(_DAYS)
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def first_days_of(years: Ints) -> Ints:
    """The first of January of each year, in days from 1970."""
    return (years - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)


def is_repeated(groups: Ints, values: Ints) -> Bools:
    """Whether the case has the value of an earlier one in its group."""
    order = np.lexsort((values, groups))
    same = (np.diff(groups[order]) == 0) & (np.diff(values[order]) == 0)
    repeated = np.zeros(len(groups), dtype=np.bool_)
    repeated[order[1:]] = same
    return repeated


def ranks_within(groups: Ints) -> Ints:
    """The place of each case among those of its group, from 0, in order of the cases."""
    order = np.argsort(groups, kind="stable")
    sorted_groups = groups[order]
    is_start = np.concatenate([[True], np.diff(sorted_groups) != 0])[: len(groups)]
    places = np.arange(len(groups))
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = places - np.maximum.accumulate(np.where(is_start, places, 0))
    return ranks
