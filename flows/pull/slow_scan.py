"""The slow reading of a delimited file that the fast parser refused: finds the culprit rows and keeps the good ones."""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from flows.pull import file_problems, rejects
from flows.pull.errors import UnreadableError
from flows.pull.model import Part, Problem, Reject

BATCH_ROWS = 50_000
FIELD_CHARACTERS = 1 << 24
"""No value is longer; a longer one is what follows a quotation mark that never closes."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """The good rows of a file, and those set aside."""

    cells: pl.DataFrame
    rows: pl.Series
    rejects: tuple[Reject, ...]


def scan(part: Part, body: pa.Buffer, names: Sequence[str], *, first_row: int, delimiter: str) -> Scanned:
    """Good rows and rejects; UnreadableError where the file ends inside a value or a record."""
    columns = [str(at) for at in range(len(names))]
    set_aside: list[Reject] = []
    frames = [pl.DataFrame(schema={**dict.fromkeys(columns, pl.String), "_row": pl.Int64})]
    good = _good_rows(
        part, _records(part, body, names, first_row=first_row, delimiter=delimiter), len(names), set_aside
    )
    while batch := list(itertools.islice(good, BATCH_ROWS)):
        frames.append(pl.DataFrame(batch, schema=frames[0].schema, orient="row"))
    cells = pl.concat(frames)
    return Scanned(cells.drop("_row"), cells["_row"], tuple(set_aside))


def _records(
    part: Part, body: pa.Buffer, names: Sequence[str], *, first_row: int, delimiter: str
) -> Iterator[tuple[int, list[str], bool]]:
    """(row, fields, is the last one) of every record."""
    csv.field_size_limit(FIELD_CHARACTERS)
    text = io.TextIOWrapper(pa.BufferReader(body), encoding="utf-8", newline="")
    begun: list[str] = []

    def lines() -> Iterator[str]:
        for line in text:
            if not begun:
                begun.append(line)
            yield line

    # A line that is only blank after the last record makes no record of its own.
    reader = csv.reader(itertools.chain(lines(), [_END]), delimiter=delimiter)
    row = first_row
    held: tuple[int, list[str]] | None = None
    fields: list[str] = []
    try:
        for fields in reader:
            if fields and fields[-1].endswith(_END):
                break
            if held:
                yield (*held, False)
            held = (row, fields)
            row += 1
            begun.clear()
    except csv.Error as exc:
        raise UnreadableError(_unclosed(part, begun, names, row=row, delimiter=delimiter)) from exc
    if fields != [_END]:
        raise UnreadableError(_unclosed(part, begun, names, row=row, delimiter=delimiter))
    if held:
        yield (*held, True)


_END = "\x00end of file\x00"
"""A line of its own after the file. Where it comes out inside a value, a quotation mark is still open."""


def _unclosed(part: Part, begun: list[str], names: Sequence[str], *, row: int, delimiter: str) -> Problem:
    fields = next(csv.reader(begun[:1], delimiter=delimiter), [])
    at = len(fields) - 1
    return file_problems.quote_unclosed(part, row=row, column=part.column_label(names, max(at, 0)))


def _good_rows(
    part: Part, records: Iterator[tuple[int, list[str], bool]], width: int, set_aside: list[Reject]
) -> Iterator[list[str | int | None]]:
    for row, fields, is_last in records:
        if len(fields) > width and not any(fields[width:]):
            del fields[width:]
        if len(fields) == width:
            yield [*(value or None for value in fields), row]
        elif any(fields):
            if is_last and len(fields) < width and not part.is_verified:
                raise UnreadableError(file_problems.truncated(part, row=row))
            original = _joined(fields)
            set_aside.append(rejects.fields(part, row, found=len(fields), expected=width, original=original))


def _joined(fields: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(fields)
    return line.getvalue()
