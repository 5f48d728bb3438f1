"""What pulling speaks of: a delivery, its files, the problems found in it, and what reading it gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import polars as pl

Kind = Literal["full", "delta"]
Status = Literal["accepted", "refused"]

REJECTS = pl.Schema(
    {
        "dataset": pl.String,
        "_delivery_id": pl.String,
        "_file": pl.String,
        "_row": pl.Int64,
        "rule": pl.String,
        "vi": pl.String,
        "en": pl.String,
        "original": pl.String,
    }
)
"""Single rows that cannot be read; `original` is the row as it came."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a delivery, told in both languages. Never holds a value of a person."""

    code: str
    dataset: str | None
    file: str | None
    row: int | None
    column: str | None
    vi: str
    en: str
    is_fatal: bool
    """Whether the whole delivery is refused for it."""


@dataclass(frozen=True, slots=True)
class DatasetFiles:
    """The files of one dataset in a delivery, in the order of their names, and what the manifest declares of them."""

    files: tuple[Path, ...]
    encodings: Mapping[str, str] = field(default_factory=dict)
    """Declared encoding by file name."""
    delimiter: str | None = None
    rows: int | None = None
    """Declared number of rows; None where nothing is declared."""
    column_encodings: Mapping[str, str] = field(default_factory=dict)
    """Declared table of columns that are in another one than their file, or were misread on export, by column name."""
    verified: frozenset[str] = frozenset()
    """Names of the files whose checksum the manifest declares and that have it: they cannot be truncated."""
    is_as_written: bool = False
    """Whether the text is known to be what its writer meant, so no column is looked at for another table."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery folder: what is in it and what is already known to be wrong with it."""

    source: str
    delivery: str
    folder: Path
    kind: Kind
    fingerprint: str
    """SHA-256 of source, kind and the checksums of all files by dataset: equal content, equal fingerprint."""
    datasets: Mapping[str, DatasetFiles]
    checksums: Mapping[str, str]
    """SHA-256 of every file of the datasets, by file name."""
    problems: tuple[Problem, ...] = ()

    @property
    def delivery_id(self) -> str:
        """`source/delivery`."""
        return f"{self.source}/{self.delivery}"

    @property
    def is_refused(self) -> bool:
        """Whether a problem is already known for which nothing of it may be loaded."""
        return any(each.is_fatal for each in self.problems)


def as_written(delivery: Delivery) -> Delivery:
    """The same delivery, its text known to be what its writer meant."""
    datasets = {name: replace(each, is_as_written=True) for name, each in delivery.datasets.items()}
    return replace(delivery, datasets=datasets)


@dataclass(frozen=True, slots=True)
class DeliveryRead:
    """What reading a delivery gave. A refused delivery has no frames."""

    status: Status
    problems: tuple[Problem, ...]
    frames: Mapping[str, pl.DataFrame]
    """READ frame by dataset."""
    rejects: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Part:
    """One file to be read, and all a reader may know of it."""

    path: Path
    dataset: str
    encoding: str | None
    delimiter: str | None
    is_verified: bool
    known_names: frozenset[str]
    """Names of columns that the dataset's contract knows, casefolded."""
    column_encodings: Mapping[str, str] = field(default_factory=dict)
    """Declared table of columns that are in another one than their file, or were misread on export, by column name."""
    is_as_written: bool = False
    """Whether the text is known to be what its writer meant."""

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name

    def column_label(self, header: Sequence[str], at: int) -> str:
        """The column's name where the contract knows it, else its number.

        A file without a header row has a person's values where names should be, and no sentence may repeat them.
        """
        name = header[at].replace("\ufeff", "").strip() if at < len(header) else ""
        return name if name.casefold() in self.known_names else str(at + 1)


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that cannot be read."""

    row: int
    rule: str
    vi: str
    en: str
    original: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file as parsed: its header as found and its cells as text, columns named by position ("0", "1", …)."""

    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    """Row number of each record as a clerk sees it."""
    rejects: tuple[Reject, ...] = ()
    notes: tuple[Problem, ...] = ()
    header_row: int = 1
    raw: frozenset[str] = frozenset()
    """Names of the columns some of whose bytes were no UTF-8, unlike the rest of the file; they are decoded by now."""
