"""Reads `.csv` and `.tsv`: a strict, fast parse first; only where that fails a slow scan that names the culprit rows.

pyarrow parses, not polars: polars fills a row that is too short with nulls and says nothing, so a broken row would
pass for one with empty values.
"""

import csv
import io
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.csv as arrow_csv

from flows.pull import file_problems
from flows.pull.decoding import read_text
from flows.pull.errors import UnreadableError
from flows.pull.model import Part, Reject, Table
from flows.pull.raw_columns import decode_columns
from flows.pull.slow_scan import scan

DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 1 << 20
_BLOCK_BYTES = 1 << 24
_QUOTE = b'"'


@dataclass(frozen=True, slots=True)
class Header:
    """The header record: its names, its row, and where the rows after it begin."""

    names: tuple[str, ...]
    row: int
    end: int
    delimiter: str


def read_delimited(part: Part) -> Table:
    """The file as a table of text; rows with a wrong number of fields are among its rejects."""
    text = read_text(part)
    header = _header(part, text.data)
    body = text.data.slice(header.end)
    try:
        cells = _fast(body, header)
        rows = pl.int_range(header.row + 1, header.row + 1 + cells.height, eager=True)
        rejects: tuple[Reject, ...] = ()
    except pa.ArrowInvalid:
        scanned = scan(part, body, header.names, first_row=header.row + 1, delimiter=header.delimiter)
        cells, rows, rejects = scanned.cells, scanned.rows, scanned.rejects
    is_blank = cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
    if is_blank.any():
        cells, rows = cells.filter(~is_blank), rows.filter(~is_blank)
    table = Table(header.names, cells, rows, rejects, text.notes, header.row)
    return decode_columns(part, table) if text.is_escaped else table


def _fast(body: pa.Buffer, header: Header) -> pl.DataFrame:
    names = [str(at) for at in range(len(header.names))]
    if body.size == 0:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    quotes = _count_quotes(body)
    if quotes % 2:
        # The parser takes an unclosed quotation mark as closed by the end of the file.
        raise pa.ArrowInvalid("odd number of quotation marks")
    table = arrow_csv.read_csv(
        pa.BufferReader(body),
        arrow_csv.ReadOptions(column_names=names, block_size=min(_BLOCK_BYTES, max(body.size, 1))),
        arrow_csv.ParseOptions(delimiter=header.delimiter, newlines_in_values=quotes > 0, ignore_empty_lines=False),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )
    return pl.DataFrame(table)


def _count_quotes(body: pa.Buffer) -> int:
    view = memoryview(body)
    return sum(bytes(view[at : at + _BLOCK_BYTES]).count(_QUOTE) for at in range(0, len(view), _BLOCK_BYTES))


def _header(part: Part, data: pa.Buffer) -> Header:
    head = data.slice(0, min(_HEAD_BYTES, data.size)).to_pybytes().decode("utf-8", errors="ignore")
    candidates = [_header_with(head, delimiter) for delimiter in DELIMITERS]
    found = [each for each in candidates if each is not None]
    if not found:
        if '"' in head:
            raise UnreadableError(file_problems.quote_unclosed(part, row=1, column=None))
        return Header((), 1, data.size, part.delimiter or ",")
    best = max(found, key=lambda each: (_known(part, each), len(each.names), part.delimiter == each.delimiter))
    declared = next((each for each in found if each.delimiter == part.delimiter), None)
    if declared is None:
        return best
    if len(declared.names) == 1 and _known(part, best) > _known(part, declared):
        raise UnreadableError(file_problems.delimiter_wrong(part, declared.delimiter, best.delimiter))
    return declared


def _known(part: Part, header: Header) -> int:
    return sum(unicodedata.normalize("NFC", name).strip().casefold() in part.known_names for name in header.names)


def _header_with(head: str, delimiter: str) -> Header | None:
    """The first record that is not blank; None where a quotation mark in it never closes."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(head, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    try:
        for row in itertools.count(1):
            names = next(reader)
            if any(name.strip() for name in names):
                end = sum(len(line.encode("utf-8")) for line in taken)
                return Header(tuple(names), row, end, delimiter)
    except (csv.Error, StopIteration):
        return None
    return None
