"""Opens a table to be linked: CSV, TSV, XLSX, JSON and JSON lines as text, Parquet as it is and without loading it.

Text files go through the readers of deliveries, so the same encodings are known and the same sentences told; a row
that cannot be read refuses the table, for a linkage has no quarantine.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.errors import PathError, TableError
from flows.pull.columns import clean
from flows.pull.delimited import read_delimited
from flows.pull.errors import UnreadableError
from flows.pull.model import Part, Table
from flows.pull.records import read_json, read_json_lines
from flows.pull.workbooks import read_workbook

_READERS: dict[str, Callable[[Part], Table]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_workbook,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}
_ROWS_TOLD = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A table that is open: its rows, and the number of each row as a person sees it in the file."""

    path: Path
    rows: pl.LazyFrame
    schema: pl.Schema
    row_numbers: pl.Series | None
    """None: the first row is 1."""
    notes: tuple[str, ...] = ()
    """Codes of what was noticed while reading."""


def open_table(path: Path, columns: Iterable[str]) -> Source:
    """The table; PathError or TableError where there is none. `columns` are those that will be asked for."""
    ending = present(path).suffix.lower()
    if ending == ".parquet":
        return _parquet(path)
    if ending not in _READERS:
        known = ", ".join((*_READERS, ".parquet"))
        raise PathError(path, f"không rõ dạng tệp (đọc được: {known})", f"unknown format (known: {known})")
    wanted = tuple(columns)
    known_names = frozenset(clean(name).casefold() for name in wanted)
    try:
        table = _READERS[ending](Part(path, "", None, None, False, known_names))
    except UnreadableError as exc:
        raise _unreadable(path, exc) from exc
    if table.rejects:
        first, more = table.rejects[0], len(table.rejects) - 1
        rest = (f" Còn {more} dòng như vậy.", f" {more} more rows are like it.") if more else ("", "")
        raise TableError(path, first.vi + rest[0], first.en + rest[1])
    return _named(path, table, wanted)


def present(path: Path) -> Path:
    """The path; PathError where no file is."""
    if not path.is_file():
        raise PathError(path, "không có tệp này; hãy kiểm tra đường dẫn", "there is no such file; check the path")
    return path


def require(source: Source, columns: Iterable[str]) -> None:
    """TableError names the first column that the table lacks, beside those there are."""
    for name in columns:
        if name not in source.schema:
            there = ", ".join(source.schema.names())
            vi = f'{source.path.name}: thiếu cột "{name}" (có: {there})'
            raise TableError(source.path, vi, f'{source.path.name}: column "{name}" is missing (there are: {there})')


def _parquet(path: Path) -> Source:
    try:
        rows = pl.scan_parquet(path)
        return Source(path, rows, rows.collect_schema(), None)
    except (pl.exceptions.PolarsError, OSError) as exc:
        vi, en = "không phải tệp Parquet nguyên vẹn; hãy xuất lại", "this is no whole Parquet file; export it again"
        raise _wrong(path, vi, en) from exc


def _unreadable(path: Path, exc: UnreadableError) -> TableError:
    if exc.problem.code.startswith("encoding_"):
        # The sentence for deliveries speaks of a manifest, which a linkage does not have.
        return _wrong(
            path,
            "không nhận ra bảng mã ký tự. Hãy lưu lại tệp bằng UTF-8.",
            "its character encoding is not recognised. Save it again as UTF-8.",
        )
    return TableError(path, exc.problem.vi, exc.problem.en)


def _wrong(path: Path, vi: str, en: str) -> TableError:
    return TableError(path, f"Tệp {path.name}: {vi}", f"{path.name}: {en}")


def _named(path: Path, table: Table, wanted: Iterable[str]) -> Source:
    """The cells under the names of the header."""
    names = [clean(name) for name in table.header]
    counts = Counter(names)
    for name in wanted:
        if counts[name] > 1:
            vi, en = f'tiêu đề có {counts[name]} cột "{name}"', f'its header has {counts[name]} columns "{name}"'
            raise _wrong(path, f"{vi}; hãy đổi tên một cột", f"{en}; rename one of them")
    places = {name: str(at) for at, name in reversed(list(enumerate(names))) if name}
    if not places:
        raise _wrong(path, "tệp trống, không có dòng tiêu đề", "the file is empty, there is no header")
    rows = table.cells.lazy().select(pl.col(place).alias(name) for name, place in reversed(places.items()))
    return Source(path, rows, rows.collect_schema(), table.rows, tuple(note.code for note in table.notes))


def check_ids(source: Source, column: str) -> int:
    """The number of rows; TableError where an id is missing or stands in two rows."""
    ids = source.rows.select(id=pl.col(column).cast(pl.String)).collect()["id"]
    blank = (ids.is_null() | (ids.str.strip_chars() == "")).arg_true()
    if len(blank):
        where = row_numbers(source, blank)
        vi = f'cột "{column}" trống ở {len(blank)} dòng (dòng {where}). Mỗi dòng phải có mã riêng.'
        en = f'column "{column}" is blank in {len(blank)} rows (row {where}). Every row needs an id of its own.'
        raise _wrong(source.path, vi, en)
    if ids.n_unique() != len(ids):
        repeated = ids.is_duplicated().arg_true()
        same = (ids == ids[int(repeated[0])]).arg_true()
        where = row_numbers(source, same)
        vi = f'cột "{column}" có mã lặp lại ở {len(repeated)} dòng, chẳng hạn cùng một mã ở dòng {where}. '
        en = f'column "{column}" repeats ids in {len(repeated)} rows, for example the same id in rows {where}. '
        raise _wrong(source.path, vi + "Mỗi mã chỉ được có một dòng.", en + "An id may stand in one row only.")
    return len(ids)


def row_numbers(source: Source, places: pl.Series) -> str:
    """The first rows at these places, numbered as a person sees them in the file."""
    shown = places.head(_ROWS_TOLD)
    numbers = shown + 1 if source.row_numbers is None else source.row_numbers.gather(shown)
    return ", ".join(map(str, numbers)) + (", …" if len(places) > _ROWS_TOLD else "")
