"""Both tables as arrays: for each row the hashes of all its values, and their rarity, beside each other in memory.

So a pair reads one line of each side, where columns would be read from afar once a comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine.kinds.weighted_words import Pairs
from matching.engine.tables import value_hash

Places = NDArray[np.uint32]
Codes = NDArray[np.int8]
OPEN = -1
"""The code of unequal values whose level is not known yet."""
_BLANK = 0


@dataclass(frozen=True, slots=True)
class Side:
    """Rows of one table; `hashes` (0 where a value is blank) and `rare` have a column a comparison."""

    values: pl.DataFrame
    hashes: NDArray[np.uint64]
    rare: NDArray[np.float32]

    @classmethod
    def of(cls, rows: pl.DataFrame, comparisons: int) -> Self:
        """The rows with `v0`, …, and with `t0`, … where rarity counts."""
        hashes = np.zeros((rows.height, comparisons), dtype=np.uint64)
        rare = np.zeros((rows.height, comparisons), dtype=np.float32)
        for at in range(comparisons):
            # 0 stands for a blank, so a value that hashes to it takes its neighbour.
            hashes[:, at] = value_hash(rows[f"v{at}"]).clip(lower_bound=1).fill_null(_BLANK).to_numpy()
            if f"t{at}" in rows.columns:
                rare[:, at] = rows[f"t{at}"].fill_null(0.0).to_numpy()
        return cls(rows, hashes, rare)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two tables of a linkage."""

    left: Side
    right: Side

    def agreement(self, left: Places, right: Places, levels: Sequence[int]) -> Codes:
        """For each pair and comparison the code of equality, of a blank, or OPEN; of two levels none stays open."""
        mine, theirs = self.left.hashes[left], self.right.hashes[right]
        equal = np.array(levels, dtype=np.int8)
        codes = np.where(mine == theirs, equal, np.where(equal == 2, 1, OPEN).astype(np.int8))
        codes *= mine != _BLANK
        codes *= theirs != _BLANK
        return codes

    def values(self, left: Places, right: Places, at: int) -> tuple[pl.Series, pl.Series]:
        """The values of one comparison, pair by pair."""
        name = f"v{at}"
        return self.left.values[name].gather(pl.Series(left)), self.right.values[name].gather(pl.Series(right))

    def distinct(self, left: Places, right: Places, at: int) -> Pairs:
        """The same by places among the distinct values: each row is looked at once, however many pairs it has."""
        parts, places = [], []
        for side, wanted in ((self.left, left), (self.right, right)):
            rows, place = _each_once(wanted, side.values.height)
            hashes = pl.Series("hash", side.hashes[rows, at])
            parts.append(pl.DataFrame([hashes, side.values[f"v{at}"].gather(rows).alias("value")]))
            places.append(place)
        both = pl.concat(parts)
        distinct = both.unique("hash", keep="first", maintain_order=True)
        numbered = distinct.select("hash").with_row_index("at")
        found = both.select("hash").join(numbered, on="hash", how="left", maintain_order="left")["at"].to_numpy()
        return Pairs(distinct["value"], found[places[0]], found[parts[0].height + places[1]])


def _each_once(wanted: Places, height: int) -> tuple[NDArray[np.int64], Places]:
    """The wanted rows in order, each once, and for each wish its place among them."""
    is_wanted = np.zeros(height, dtype=bool)
    is_wanted[wanted] = True
    place = np.cumsum(is_wanted, dtype=np.uint32) - np.uint32(1)
    return np.flatnonzero(is_wanted), place[wanted]
