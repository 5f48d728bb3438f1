"""Keys of too many entries (a placeholder, a common surname), found and cut once, when the register is prepared.

Their entries are looked for under the key and one further compared value. What is too large even so is set aside.
Later entries follow what was found here, so that no block grows or shrinks under the nights.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from matching.engine.register.arrays import Hashes, Keyed, PairFile, spread
from matching.engine.register.frozen import most_entries, pair, refined
from matching.engine.register.segments import frame
from matching.engine.tables import Plan

_AT_ONCE = 1_000_000
"""Entries that are cut, or copied, at a time."""


def settle(segment: Path, inside: Path, plan: Plan, at: int) -> None:
    """Cuts the large keys of one rule, and writes which they were and which were set aside."""
    stem, most = segment / f"k{at}", most_entries(plan, at)
    keyed = Keyed.opened(stem)
    large = _beyond(keyed.hashes, most)
    aside = np.zeros(0, dtype=np.uint64)
    if len(large):
        fine = _cut(keyed, large, frame(segment / "values.arrow"), plan, segment / f"fine{at}")
        aside = _beyond(fine.hashes, most)
        both = PairFile(segment / f"both{at}")
        for source, dropped in ((keyed, large), (fine, aside)):
            for part in _without(source, dropped):
                both.append(part.hashes, part.rows)
        both.sort()
        for name in ("hash", "row"):
            (segment / f"both{at}.{name}.npy").replace(stem.with_suffix(f".{name}.npy"))
            (segment / f"fine{at}.{name}.npy").unlink()
    np.save(inside / f"large{at}.npy", large)
    np.save(inside / f"aside{at}.npy", aside)


def _beyond(hashes: Hashes, most: int) -> Hashes:
    """The keys that have more entries than `most`: the one so many places further is the same."""
    if len(hashes) <= most:
        return np.zeros(0, dtype=np.uint64)
    return np.unique(hashes[:-most][hashes[:-most] == hashes[most:]])


def _cut(keyed: Keyed, large: Hashes, values: pl.DataFrame, plan: Plan, stem: Path) -> Keyed:
    file = PairFile(stem)
    first, counts = keyed.ranges(large)
    places = spread(first, counts)
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        entries = pl.DataFrame({"k": keyed.hashes[some], "row": keyed.rows[some]})
        file.append(*pair(refined(entries, values, plan)))
    return file.sort()


def _without(keyed: Keyed, dropped: Hashes) -> Iterator[Keyed]:
    """The entries of all other keys, some at a time."""
    first, counts = keyed.ranges(dropped)
    is_kept = np.ones(len(keyed.hashes), dtype=bool)
    is_kept[spread(first, counts)] = False
    for start in range(0, len(is_kept), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        yield Keyed(keyed.hashes[some][is_kept[some]], keyed.rows[some][is_kept[some]])
