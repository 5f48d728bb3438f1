"""Changes of a prepared register: a segment of new and changed entries, a list of dead rows; and all in one again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine.register import manifest, segments
from matching.engine.register.arrays import PairFile, Places
from matching.engine.register.frozen import Frozen
from matching.engine.register.manifest import Manifest, Rows
from matching.engine.register.opened import Prepared
from matching.engine.register.reading import Read, batches, nothing
from matching.engine.register.segments import SegmentWriter, Side
from matching.engine.register.state import Pairs


@dataclass(frozen=True, slots=True)
class Changed:
    """What an update did."""

    written: int
    """Entries that are new or have new values."""
    superseded: int
    """Of them, those that stood there before."""
    removed: int


def update(folder: Path, changed: pl.LazyFrame | None = None, removed: pl.Series | None = None) -> Changed:
    """Adds new and changed entries, and takes out those with the ids `removed`; ids that are not there are let be."""
    with manifest.alone(folder):
        prepared = Prepared.opened(folder)
        book, entries = prepared.book, prepared.entries
        generation = book.generation + 1
        rows, fresh_ids = book.register, pl.Series("id", [], pl.String)
        if changed is not None:
            read = batches(changed, prepared.frozen.plan)
            rows, fresh_ids = add(folder, f"register-{generation}", rows, read, prepared.frozen, has_rarity=True)
        gone = pl.Series("id", [], pl.String) if removed is None else removed.cast(pl.String).drop_nulls().unique()
        gone = gone.filter(~gone.is_in(fresh_ids.implode()))
        superseded, taken = (entries.addresses(ids)["address"].to_numpy() for ids in (fresh_ids, gone))
        dead = np.concatenate((superseded, taken))
        rows = bury(folder, f"register-dead-{generation}.npy", rows, entries.is_dead, dead)
        manifest.write(folder, replace(book, register=rows, generation=generation))
    return Changed(len(fresh_ids), len(superseded), len(taken))


def add(
    folder: Path, name: str, rows: Rows, read: Iterator[Read], held: Frozen, *, has_rarity: bool
) -> tuple[Rows, pl.Series]:
    """Writes a segment; the side with it, and the ids of its rows."""
    writer = SegmentWriter(segments.fresh(folder, name), len(held.plan.rules))
    ids = [pl.Series("id", [], pl.String)]

    def values() -> Iterator[pl.DataFrame]:
        for each in chain(read, [nothing(held.plan)]):
            writer.keys(held.keyed(each), each.values["id"])
            ids.append(each.values["id"])
            yield each.values

    writer.values(values())
    if has_rarity:
        writer.rarity(held.rarities(each) for each in segments.slices(segments.frame(folder / name / "values.arrow")))
    part = writer.close()
    # Without a row the segment is left for the next change to sweep away.
    return replace(rows, parts=(*rows.parts, part)) if part.height or not rows.parts else rows, pl.concat(ids)


def bury(folder: Path, name: str, rows: Rows, before: NDArray[np.bool_], addresses: Places) -> Rows:
    """The side with these rows dead too."""
    if not len(addresses):
        return rows
    is_dead = np.concatenate((before, np.zeros(rows.height - len(before), dtype=bool)))
    is_dead[addresses] = True
    np.save(folder / name, is_dead)
    return replace(rows, dead=name)


def compact(folder: Path) -> None:
    """Writes what is alive into one segment a side; nothing that is answered changes."""
    with manifest.alone(folder):
        prepared = Prepared.opened(folder)
        generation = prepared.book.generation + 1
        register, to = _merged(folder, f"register-{generation}", prepared.entries)
        book = replace(prepared.book, register=register, generation=generation)
        manifest.write(folder, _with_nights(folder, book, prepared, to))


def _with_nights(folder: Path, book: Manifest, prepared: Prepared, to: NDArray[np.int64]) -> Manifest:
    nights = prepared.book.nights
    if nights is None:
        return book
    forms = Side.opened(folder, nights.forms, len(prepared.frozen.plan.rules))
    merged, form_to = _merged(folder, f"forms-{book.generation}", forms)
    name = f"nights-{book.generation}"
    Pairs.opened(folder / nights.folder).renumbered(form_to, to).write(segments.fresh(folder, name))
    # Entries that came after the last night stay unseen: they begin where the live ones before them end.
    seen = int(np.count_nonzero(~prepared.entries.is_dead[: nights.seen]))
    return replace(book, nights=replace(nights, forms=merged, folder=name, seen=seen))


def _merged(folder: Path, name: str, side: Side) -> tuple[Rows, NDArray[np.int64]]:
    """One segment of the live rows, and the new address of each old one: -1 of the dead."""
    to = np.where(side.is_dead, -1, np.cumsum(~side.is_dead) - 1)
    target = segments.fresh(folder, name)
    writer = SegmentWriter(target, len(side.segments[0].keyed))
    is_rare = [column for column in side.values.columns if column.startswith("t")]
    for each in _live(side):
        writer.keys([_NO_KEYS] * len(side.segments[0].keyed), each["id"])
    writer.values(each.drop(is_rare) for each in _live(side))
    if is_rare:
        writer.rarity(each.select(is_rare) for each in _live(side))
    for at, file in enumerate(writer.keyed):
        _copy_keys(side, at, to, file)
    return Rows((writer.close(),)), to


_NO_KEYS = (np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint32))
_KEYS_AT_ONCE = 2_000_000


def _live(side: Side) -> Iterator[pl.DataFrame]:
    start = 0
    for each in segments.slices(side.values):
        yield each.filter(~pl.Series(side.is_dead[start : start + each.height]))
        start += each.height


def _copy_keys(side: Side, at: int, to: NDArray[np.int64], file: PairFile) -> None:
    for each in side.segments:
        keyed = each.keyed[at]
        for start in range(0, len(keyed.hashes), _KEYS_AT_ONCE):
            some = slice(start, start + _KEYS_AT_ONCE)
            rows = to[keyed.rows[some].astype(np.int64) + each.start]
            file.append(keyed.hashes[some][rows >= 0], rows[rows >= 0].astype(np.uint32))
