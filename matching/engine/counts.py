"""How often the values of a column stand in a whole table: kept of those only that stand there more than once.

So a column of numbers that hardly repeat costs a sort and next to no memory, however large the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine.kinds.text_values import is_repeating

Hashes = NDArray[np.uint64]
Times = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Counts:
    """Values by their hash, in order of it."""

    hashes: Hashes
    times: Times
    total: int
    """Values in all, each as often as it stands there."""

    @classmethod
    def of(cls, parts: Sequence[Self]) -> "Counts":
        """The parts of a table as one, `times` 1 where a part tells none."""
        hashes = np.concatenate([each.hashes for each in parts])
        if all(not len(each.times) for each in parts):
            hashes.sort()
            times = np.ones(0, dtype=np.uint32)
        else:
            told = [each.times if len(each.times) else np.ones(len(each.hashes), np.uint32) for each in parts]
            summed = (
                pl.DataFrame({"hash": hashes, "times": np.concatenate(told)})
                .group_by("hash")
                .agg(pl.col("times").sum())
            )
            ordered = summed.sort("hash")
            hashes, times = ordered["hash"].to_numpy(), ordered["times"].to_numpy()
        return cls(*_repeated(hashes, times), sum(each.total for each in parts))

    @classmethod
    def of_part(cls, hashes: pl.Series) -> Self:
        """Of a part of a table: hashes as they come, without `times`, where hardly any comes twice."""
        known = hashes.drop_nulls().alias("hash")
        if not is_repeating(known):
            return cls(known.to_numpy(), np.ones(0, dtype=np.uint32), len(known))
        summed = known.to_frame().group_by("hash").agg(times=pl.len().cast(pl.UInt32))
        return cls(summed["hash"].to_numpy(), summed["times"].to_numpy(), len(known))

    def of_values(self, hashes: pl.Series) -> pl.Series:
        """How often each value stands in the table, 1 for one that was not there; null for a blank."""
        found = times_of(hashes.fill_null(0).to_numpy(), self.hashes, self.times)
        return pl.select(pl.when(hashes.is_not_null()).then(pl.Series(found))).to_series()


def _repeated(hashes: Hashes, times: Times) -> tuple[Hashes, Times]:
    """Of ordered hashes those that stand there more than once, each with its times."""
    if len(times):
        return hashes[times > 1], times[times > 1]
    is_first = np.ones(len(hashes), dtype=bool)
    is_first[1:] = hashes[1:] != hashes[:-1]
    starts = np.flatnonzero(is_first)
    lengths = np.diff(np.append(starts, len(hashes))).astype(np.uint32)
    several = lengths > 1
    return hashes[starts[several]], lengths[several]


def times_of(wanted: Hashes, hashes: Hashes, times: Times) -> Times:
    """How often each wanted value stands in a table whose ordered hashes and times these are; 1 where it is none."""
    if not len(hashes):
        return np.ones(len(wanted), dtype=np.uint32)
    places = np.minimum(np.searchsorted(hashes, wanted), len(hashes) - 1)
    return np.where(hashes[places] == wanted, times[places], np.uint32(1))
