"""Reads the first sheet of an `.xlsx`: at once by fastexcel, or streamed by openpyxl where the file is large.

Both give the same text for the same cell; a test holds them to it.
"""

import datetime as dt
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl
from openpyxl.utils import get_column_letter

from flows.pull import file_problems
from flows.pull.errors import UnreadableError
from flows.pull.excel_book import BROKEN, opened
from flows.pull.merged_cells import merged_in_row
from flows.pull.model import Part, Problem, Table
from flows.pull.text_of import moment_text, number_text

LARGE_BYTES = 32 << 20
"""From this size on a workbook is streamed: fastexcel holds every cell of it in memory, some ten times its size."""
BATCH_ROWS = 20_000
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAY_ZERO = dt.datetime(1899, 12, 31)


def read_workbook(part: Part, *, large_bytes: int = LARGE_BYTES) -> Table:
    """The first sheet as a table of text; the first row with anything in it is the header."""
    _refuse_other_formats(part)
    is_large = part.path.stat().st_size > large_bytes
    sheet = (streamed_sheet if is_large else whole_sheet)(part)
    filled = (
        ~sheet.select(pl.all_horizontal(pl.all().is_null())).to_series() if sheet.width else pl.Series(dtype=pl.Boolean)
    )
    at = filled.arg_true()
    if at.is_empty():
        return Table((), pl.DataFrame(), pl.Series(dtype=pl.Int64))
    header_row = int(at[0]) + 1
    rows = pl.int_range(header_row + 1, sheet.height + 1, eager=True)
    names, cells = _named(part, sheet, header_row)
    keep = filled[header_row:]
    return Table(names, cells.filter(keep), rows.filter(keep), notes=_notes(part), header_row=header_row)


def whole_sheet(part: Part) -> pl.DataFrame:
    """The sheet by fastexcel, header and blank rows included, columns named by position."""
    try:
        sheet = fastexcel.read_excel(part.path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        frame = sheet.to_polars()
    except fastexcel.FastExcelError as exc:
        raise UnreadableError(file_problems.broken(part, "xlsx")) from exc
    frame = frame.rename({name: str(at) for at, name in enumerate(frame.columns)})
    fraction = pl.all().str.replace(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d+$", "$1")
    return frame.with_columns(fraction).with_columns(pl.when(pl.all() != "").then(pl.all()))


def streamed_sheet(part: Part) -> pl.DataFrame:
    """The same sheet by openpyxl, batch by batch."""
    frames: list[pl.DataFrame] = []
    try:
        texts = _streamed_rows(part.path)
        while batch := list(itertools.islice(texts, BATCH_ROWS)):
            width = max(map(len, batch))
            columns = {str(at): [row[at] if at < len(row) else None for row in batch] for at in range(width)}
            frames.append(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))
    except BROKEN as exc:
        raise UnreadableError(file_problems.broken(part, "xlsx")) from exc
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()


def _streamed_rows(path: Path) -> Iterator[list[str | None]]:
    with opened(path) as book:
        for row in book.worksheets[0].iter_rows():
            yield [None if cell.data_type == "e" else _cell_text(cell.value) for cell in row]


def _cell_text(value: object) -> str | None:
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case int() | float():
            text = number_text(value)
        case dt.datetime():
            text = moment_text(value)
        case dt.time():
            text = moment_text(dt.datetime.combine(_DAY_ZERO, value))
        case dt.timedelta():
            text = moment_text(_DAY_ZERO + value)
        case _:
            text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), str(value))
    return text or None


def _named(part: Part, sheet: pl.DataFrame, row: int) -> tuple[tuple[str, ...], pl.DataFrame]:
    """Names and cells of the columns that have either; a column without both is only space on the sheet."""
    ranges = merged_in_row(part.path, row)
    if ranges:
        first = re.match(r"[A-Z]+", ranges[0])
        raise UnreadableError(file_problems.header_merged(part, ranges, row=row, column=first[0] if first else "A"))
    names: list[str] = []
    columns: list[pl.Series] = []
    for at, (name, column) in enumerate(zip(sheet.row(row - 1), sheet[row:].get_columns(), strict=True), start=1):
        if name and name.strip():
            columns.append(column.alias(str(len(names))))
            names.append(name)
        elif column.null_count() < len(column):
            raise UnreadableError(file_problems.header_blank(part, row=row, column=get_column_letter(at)))
    return tuple(names), pl.DataFrame(columns)


def _refuse_other_formats(part: Part) -> None:
    with part.path.open("rb") as file:
        magic = file.read(4)
    if magic == _OLE_MAGIC:
        raise UnreadableError(file_problems.workbook_locked(part))
    if not zipfile.is_zipfile(part.path):
        raise UnreadableError(file_problems.broken(part, "xlsx"))


def _notes(part: Part) -> tuple[Problem, ...]:
    with zipfile.ZipFile(part.path) as archive:
        sheets = sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist())
    if sheets < 2 or part.path.stat().st_size > LARGE_BYTES:
        return ()
    book = fastexcel.read_excel(part.path)
    others = [name for name in book.sheet_names[1:] if book.load_sheet(name, header_row=None, n_rows=1).width]
    return (file_problems.other_sheets(part, others),) if others else ()
