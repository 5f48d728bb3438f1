"""Hashes and the rows that have them, sorted on disk and read through the page cache, however large the table is.

Pairs are first appended unsorted; sorting takes them in ranges of the hash, so that memory stays flat.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Rows = NDArray[np.uint32]
Places = NDArray[np.int64]
_AT_ONCE = 4_000_000
"""Pairs that are sorted in memory."""
_HEADER = 128
"""Bytes of a .npy file without values, which cannot be mapped."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Hashes in order, and the row of each."""

    hashes: Hashes
    rows: Rows

    @classmethod
    def of(cls, hashes: Hashes, rows: Rows) -> "Keyed":
        """Sorted in memory."""
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], rows[order])

    @classmethod
    def opened(cls, stem: Path) -> "Keyed":
        """Mapped from disk."""
        return cls(mapped(stem.with_suffix(".hash.npy")), mapped(stem.with_suffix(".row.npy")))

    def ranges(self, wanted: Hashes) -> tuple[Places, Places]:
        """Where each wanted hash begins, and how many rows have it. Wanted ones in order are found faster."""
        first = np.searchsorted(self.hashes, wanted)
        return first, np.searchsorted(self.hashes, wanted, side="right") - first

    def found(self, wanted: Hashes) -> tuple[Places, Rows]:
        """The place of each wanted hash that is there, once per row that has it; and these rows."""
        first, counts = self.ranges(wanted)
        return np.repeat(np.arange(len(wanted)), counts), self.rows[spread(first, counts)]


def spread(first: Places, counts: Places) -> Places:
    """first, first + 1, … of every range, one range after the other."""
    ends = np.cumsum(counts)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
    return np.asarray(places, dtype=np.int64)


def mapped(path: Path) -> NDArray[Any]:
    """The array of a .npy file, read where it is touched."""
    return np.asarray(np.load(path, mmap_mode="r" if path.stat().st_size > _HEADER else None))


def is_among(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes stand among the known ones, which are in order."""
    if not len(known):
        return np.zeros(len(hashes), dtype=bool)
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return np.asarray(known[places] == hashes)


class PairFile:
    """Pairs of hash and row on their way to the disk, in any order."""

    def __init__(self, stem: Path) -> None:
        self._stem = stem
        self._files = tuple(stem.with_suffix(f".{name}.raw") for name in ("hash", "row"))
        for file in self._files:
            file.touch()

    def append(self, hashes: Hashes, rows: Rows) -> None:
        """Adds pairs at the end."""
        for file, values, kind in zip(self._files, (hashes, rows), (np.uint64, np.uint32), strict=True):
            with file.open("ab") as out:
                np.ascontiguousarray(values, dtype=kind).tofile(out)

    def sort(self) -> Keyed:
        """Writes the pairs in order, by hash and then by row, and opens them."""
        raw = (_raw(self._files[0], np.uint64), _raw(self._files[1], np.uint32))
        paths = tuple(self._stem.with_suffix(f".{name}.npy") for name in ("hash", "row"))
        outs = [
            np.lib.format.open_memmap(path, "w+", each.dtype, each.shape) if len(each) else _empty(path, each)
            for path, each in zip(paths, raw, strict=True)
        ]
        begin = 0
        for chosen in _ranges(raw[0]):
            hashes, rows = raw[0][chosen], raw[1][chosen]
            order = np.lexsort((rows, hashes))
            outs[0][begin : begin + len(order)] = hashes[order]
            outs[1][begin : begin + len(order)] = rows[order]
            begin += len(order)
        del outs
        for file in self._files:
            file.unlink()
        return Keyed.opened(self._stem)


def _raw(path: Path, kind: type[np.generic]) -> NDArray[Any]:
    return np.asarray(np.memmap(path, kind, "r")) if path.stat().st_size else np.zeros(0, kind)


def _empty(path: Path, like: NDArray[Any]) -> NDArray[Any]:
    np.save(path, like)
    return like


def _ranges(hashes: NDArray[Any]) -> Iterator[NDArray[np.bool_] | slice]:
    """The pairs of one range of hashes after the other, each about as many as are sorted at once."""
    bits = max(int(np.ceil(np.log2(max(len(hashes), 1) / _AT_ONCE))), 0)
    if not bits:
        yield slice(None)
        return
    for part in range(1 << bits):
        yield hashes >> np.uint64(64 - bits) == part


class CountFile:
    """Hashes of values on their way to being counted."""

    def __init__(self, stem: Path) -> None:
        self._stem, self._raw = stem, stem.with_suffix(".raw")
        self._raw.touch()

    def append(self, hashes: Hashes) -> None:
        """Adds values at the end."""
        with self._raw.open("ab") as out:
            np.ascontiguousarray(hashes, dtype=np.uint64).tofile(out)

    def count(self) -> int:
        """Writes every value that stands twice or oftener, in order, with its count; returns how many stood there."""
        raw = _raw(self._raw, np.uint64)
        counted = [np.unique(raw[chosen], return_counts=True) for chosen in _ranges(raw)]
        kept = [(values[counts > 1], counts[counts > 1]) for values, counts in counted]
        np.save(self._stem.with_suffix(".hash.npy"), np.concatenate([values for values, _ in kept]))
        np.save(self._stem.with_suffix(".row.npy"), np.concatenate([counts for _, counts in kept]).astype(np.uint32))
        self._raw.unlink()
        return len(raw)
