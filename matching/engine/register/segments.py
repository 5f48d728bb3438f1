"""Rows of one side on disk, in segments: the preparation's, and one for each change since; later rows supersede."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from matching.engine.register.arrays import Hashes, Keyed, PairFile, Rows, mapped
from matching.engine.register.manifest import Part
from matching.engine.register.manifest import Rows as Named
from matching.errors import SpecError

_VALUES, _RARITY, _IDS = "values.arrow", "rarity.arrow", "id"
_ID_SEED = 17
_ROWS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows that were written together; a row's address is `start` and its place."""

    start: int
    values: pl.DataFrame
    """`id`, `v0`, … and for the register `t0`, …; mapped from disk."""
    keyed: tuple[Keyed, ...]
    """Per rule."""
    ids: Keyed

    @classmethod
    def opened(cls, folder: Path, start: int, rules: int) -> "Segment":
        """Mapped from disk."""
        values = frame(folder / _VALUES)
        if (folder / _RARITY).is_file():
            values = values.hstack(frame(folder / _RARITY))
        keyed = tuple(Keyed.opened(folder / f"k{at}") for at in range(rules))
        return cls(start, values, keyed, Keyed.opened(folder / _IDS))

    def from_row(self, first: int) -> "Segment":
        """Without the keys of the rows before this one."""
        kept = [each.rows >= first for each in self.keyed]
        keyed = tuple(Keyed(each.hashes[of], each.rows[of]) for each, of in zip(self.keyed, kept, strict=True))
        return replace(self, keyed=keyed)


@dataclass(frozen=True, slots=True)
class Side:
    """All segments of a side."""

    segments: tuple[Segment, ...]
    values: pl.DataFrame
    """The rows of all segments by address."""
    is_dead: NDArray[np.bool_]

    @classmethod
    def opened(cls, folder: Path, named: Named, rules: int) -> "Side":
        """Mapped from disk, whatever its size."""
        segments, start = [], 0
        for part in named.parts:
            segments.append(Segment.opened(folder / part.name, start, rules))
            start += part.height
        dead = mapped(folder / named.dead).astype(bool, copy=False) if named.dead else np.zeros(0, dtype=bool)
        # Rows written after the file are alive.
        is_dead = np.concatenate((dead, np.zeros(start - len(dead), dtype=bool))) if len(dead) < start else dead
        values = pl.concat([each.values for each in segments], rechunk=False) if segments else pl.DataFrame()
        return cls(tuple(segments), values, is_dead)

    @property
    def height(self) -> int:
        """Rows, dead ones too."""
        return len(self.is_dead)

    @property
    def live(self) -> int:
        """Rows that stand."""
        return self.height - int(np.count_nonzero(self.is_dead))

    def since(self, address: int) -> tuple[Segment, ...]:
        """The rows from an address on."""
        return tuple(
            each if each.start >= address else each.from_row(address - each.start)
            for each in self.segments
            if each.start + each.values.height > address
        )

    def addresses(self, ids: pl.Series) -> pl.DataFrame:
        """[place, address] of the ids that have a row alive."""
        wanted = id_hash(ids)
        order = np.argsort(wanted)
        found = []
        for each in self.segments:
            places, rows = each.ids.found(wanted[order])
            found.append(pl.DataFrame({"place": order[places], "address": rows.astype(np.int64) + each.start}))
        empty = pl.DataFrame(schema={"place": pl.Int64, "address": pl.Int64})
        both = pl.concat([empty, *found])
        is_same = (
            self.values["id"].gather(both["address"]) == ids.gather(both["place"])
            if both.height
            else pl.Series([], dtype=pl.Boolean)
        )
        return both.filter(is_same & ~pl.Series(self.is_dead[both["address"].to_numpy()]))


def frame(path: Path) -> pl.DataFrame:
    """The rows of an Arrow file, read where they are touched."""
    return pl.DataFrame(pl.from_arrow(pa.ipc.open_file(pa.memory_map(str(path))).read_all(), rechunk=False))


def slices(values: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows some at a time, at least one frame."""
    for start in range(0, max(values.height, 1), _ROWS_AT_ONCE):
        yield values.slice(start, _ROWS_AT_ONCE)


def id_hash(ids: pl.Series) -> Hashes:
    """A hash of each id."""
    return ids.hash(_ID_SEED).to_numpy()


def write_frames(frames: Iterable[pl.DataFrame], path: Path) -> int:
    """Writes rows as they come; returns how many there were."""
    writer, height = None, 0
    for each in frames:
        table = each.to_arrow(compat_level=pl.CompatLevel.newest())
        writer = writer or pa.ipc.new_file(str(path), table.schema)
        writer.write_table(table)
        height += each.height
    if writer is None:
        raise ValueError("no frame, not even an empty one")
    writer.close()
    return height


class SegmentWriter:
    """A segment on its way to the disk."""

    def __init__(self, folder: Path, rules: int) -> None:
        folder.mkdir(parents=True)
        self.folder, self.height = folder, 0
        self.keyed = [PairFile(folder / f"k{at}") for at in range(rules)]
        self._ids = PairFile(folder / _IDS)

    def keys(self, keyed: Iterable[tuple[Hashes, Rows]], ids: pl.Series) -> None:
        """Adds the keys of the next rows, whose places count from 0."""
        start = np.uint32(self.height)
        for file, (hashes, rows) in zip(self.keyed, keyed, strict=True):
            file.append(hashes, rows + start)
        self._ids.append(id_hash(ids), np.arange(len(ids), dtype=np.uint32) + start)
        self.height += len(ids)

    def values(self, frames: Iterable[pl.DataFrame]) -> None:
        """Writes the values of all rows; the frames may call `keys` as they are made."""
        write_frames(frames, self.folder / _VALUES)

    def rarity(self, frames: Iterator[pl.DataFrame]) -> None:
        """Writes how rare the values are."""
        write_frames(frames, self.folder / _RARITY)

    def close(self) -> Part:
        """Sorts the keys; SpecError where an id stands in two rows."""
        for file in self.keyed:
            file.sort()
        ids = self._ids.sort()
        _refuse_repeats(ids, frame(self.folder / _VALUES)["id"])
        return Part(self.folder.name, self.height)


def _refuse_repeats(keyed: Keyed, ids: pl.Series) -> None:
    same = np.flatnonzero(keyed.hashes[1:] == keyed.hashes[:-1])
    one, two = ids.gather(keyed.rows[same]), ids.gather(keyed.rows[same + 1])
    repeated = int((one == two).sum())
    if repeated:
        vi = f"có mã lặp lại ({repeated} lần); mỗi mã chỉ được có một dòng"
        raise SpecError("id", f"ids are repeated ({repeated} times); an id may stand in one row only", (), vi=vi)


def fresh(folder: Path, name: str) -> Path:
    """The path of a new segment, what a broken run left there removed."""
    shutil.rmtree(folder / name, ignore_errors=True)
    return folder / name
