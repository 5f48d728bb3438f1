"""Candidate pairs of a segment with another side: two sorted lists of keys laid beside each other, rule by rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine.register.arrays import Keyed, Places, Rows, spread
from matching.engine.register.segments import Segment, Side


@dataclass(frozen=True, slots=True)
class _Hits:
    """Of one rule in one segment: rows of ours in order, and the range of theirs that shares a key with each."""

    rows: Rows
    first: Places
    counts: Places
    theirs: Keyed
    start: int


def pairs(ours: Segment, side: Side, *, at_once: int) -> Iterator[pl.DataFrame]:
    """[own, other]: addresses of pairs that share a key, each once, dead rows among them; some at a time."""
    hits = [_hits(mine, each.keyed[at], each.start) for at, mine in enumerate(ours.keyed) for each in side.segments]
    for begin, end in _runs(hits, ours.values.height, at_once):
        packed = np.concatenate([_between(each, begin, end) for each in hits] or [np.zeros(0, dtype=np.uint64)])
        if len(packed):
            yield _unpacked(pl.Series(packed).unique(), ours.start)


def _hits(mine: Keyed, theirs: Keyed, start: int) -> _Hits:
    first, counts = theirs.ranges(mine.hashes)
    shared = np.flatnonzero(counts)
    order = shared[np.argsort(mine.rows[shared], kind="stable")]
    return _Hits(np.asarray(mine.rows[order]), first[order], counts[order], theirs, start)


def _runs(hits: Sequence[_Hits], height: int, at_once: int) -> Iterator[tuple[int, int]]:
    """Our rows in runs that make about as many pairs."""
    made = np.zeros(height, dtype=np.int64)
    for each in hits:
        made += np.bincount(each.rows, each.counts, minlength=height).astype(np.int64)
    run = np.cumsum(made) // at_once
    edges = np.concatenate(([0], np.flatnonzero(np.diff(run)) + 1, [height]))
    yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


def _between(hits: _Hits, begin: int, end: int) -> np.ndarray:
    some = slice(*np.searchsorted(hits.rows, (begin, end)))
    counts = hits.counts[some]
    theirs = hits.theirs.rows[spread(hits.first[some], counts)].astype(np.uint64) + np.uint64(hits.start)
    return np.repeat(hits.rows[some].astype(np.uint64), counts) << np.uint64(32) | theirs


def _unpacked(packed: pl.Series, start: int) -> pl.DataFrame:
    both = packed.to_numpy()
    own = (both >> np.uint64(32)).astype(np.uint32) + np.uint32(start)
    return pl.DataFrame({"own": own, "other": (both & np.uint64(0xFFFFFFFF)).astype(np.uint32)})


def alive(found: pl.DataFrame, own: Side, other: Side) -> pl.DataFrame:
    """The pairs of which no row was superseded or removed."""
    is_gone = own.is_dead[found["own"].to_numpy()] | other.is_dead[found["other"].to_numpy()]
    return found.filter(~pl.Series(is_gone)) if is_gone.any() else found
