"""What a night of matching leaves to the next: the pairs that were looked at, and of which profiles and entries.

It is a memory, not a state: every row of it says what followed from the marks of the two sides, so it is true of any
later night in which a side still has its mark, whatever became of the run that wrote it. It lies in a folder of its own
behind a small file that is replaced whole and holds the checksums; what is missing, damaged or of another version is
no memory, and then all is compared.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

import polars as pl
from pydantic import TypeAdapter

from matching.levels import Field
from matching.pairs import OVERSIZE, PARTS
from matching.register import PREPARED
from matching.schemas import CANDIDATES

_BOOK = "kept.json"
PROFILES = pl.Schema({"profile": pl.UInt32, "mark": pl.UInt64, "is_blocked": pl.Boolean, "repaired": pl.String})
"""Profiles by number, whether they were blocked, and the repaired names that blocking tried of them."""
ENTRIES = pl.Schema({"target": pl.UInt32, "mark": pl.UInt64})


class Memory(StrEnum):
    """Whether a night remembers the one before, or why not."""

    USED = "used"
    FIRST = "first"
    """There was none."""
    OTHER_VERSION = "other_version"
    """Another version of doisoat or of its libraries wrote what is kept."""
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Kept:
    """The frames of one register, in the numbers of the night that wrote them."""

    profiles: pl.DataFrame
    entries: pl.DataFrame
    levels: pl.DataFrame
    """CANDIDATES with a code per field."""
    parts: pl.DataFrame
    oversize: pl.DataFrame
    prepared: pl.DataFrame
    """Rows of the register in comparable forms, by what they are made of."""
    memory: Memory = Memory.USED

    @classmethod
    def empty(cls, compared: tuple[Field, ...], memory: Memory = Memory.FIRST) -> "Kept":
        """Nothing remembered."""
        levels = pl.Schema({**CANDIDATES, **{field.name: pl.Int8() for field in compared}})
        profiles, entries = PROFILES.to_frame(), ENTRIES.to_frame()
        parts, oversize, prepared = PARTS.to_frame(), OVERSIZE.to_frame(), PREPARED.to_frame()
        return cls(profiles, entries, levels.to_frame(), parts, oversize, prepared, memory)


_FRAMES = ("profiles", "entries", "levels", "parts", "oversize", "prepared")


@dataclass(frozen=True, slots=True)
class _Book:
    """The file that says what stands on the shelf."""

    version: str
    folder: str
    sums: dict[str, str]
    """SHA-256 by name of the file."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where nights keep what they leave."""

    folder: Path
    version: str
    """Fingerprint of code and libraries: another one may compare or hash otherwise."""

    def read(self, compared: Mapping[str, tuple[Field, ...]]) -> dict[str, Kept]:
        """By register what the last night left; nothing of any register unless all of it is whole."""
        book = self.folder / _BOOK
        if not book.exists():
            return {name: Kept.empty(each) for name, each in compared.items()}
        try:
            told = TypeAdapter(_Book).validate_json(book.read_text(encoding="utf-8"))
            if told.version != self.version:
                return {name: Kept.empty(each, Memory.OTHER_VERSION) for name, each in compared.items()}
            return {name: self._read(told, name, Kept.empty(each)) for name, each in compared.items()}
        except (OSError, ValueError, KeyError, pl.exceptions.PolarsError):
            return {name: Kept.empty(each, Memory.DAMAGED) for name, each in compared.items()}

    def _read(self, book: "_Book", register: str, shape: Kept) -> Kept:
        def frame(name: str) -> pl.DataFrame:
            path = self._file(book.folder, register, name)
            if _sum(path) != book.sums[path.name]:
                raise ValueError(path.name)
            return pl.read_parquet(path).match_to_schema(getattr(shape, name).schema)

        return Kept(
            profiles=frame("profiles"),
            entries=frame("entries"),
            levels=frame("levels"),
            parts=frame("parts"),
            oversize=frame("oversize"),
            prepared=frame("prepared"),
        )

    def write(self, kept: Mapping[str, Kept]) -> None:
        """Takes the place of what the last night left, whole or not at all."""
        name = uuid4().hex
        (self.folder / name).mkdir(parents=True)
        sums = {}
        for register, told in kept.items():
            for each in _FRAMES:
                path = self._file(name, register, each)
                getattr(told, each).write_parquet(path, compression="lz4")
                sums[path.name] = _sum(path)
        unfinished = self.folder / f".{_BOOK}"
        unfinished.write_text(json.dumps(asdict(_Book(self.version, name, sums))), encoding="utf-8")
        unfinished.replace(self.folder / _BOOK)
        for other in self.folder.iterdir():
            if other.is_dir() and other.name != name:
                shutil.rmtree(other)

    def _file(self, folder: str, register: str, frame: str) -> Path:
        return self.folder / folder / f"{register}.{frame}.parquet"


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
