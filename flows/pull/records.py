"""Reads `.parquet`, `.json` (an array of objects) and `.jsonl` (an object a line)."""

import io
import itertools
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from flows.pull import file_problems, rejects
from flows.pull.decoding import Text, read_text
from flows.pull.errors import UnreadableError
from flows.pull.model import Part, Reject, Table
from flows.pull.raw_columns import decode_columns
from flows.pull.text_of import as_text

BATCH_ROWS = 50_000


class Number(float):
    """A JSON number that remembers how it was written."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Number":
        """The number of that text."""
        number = super().__new__(cls, text)
        number.text = text
        return number


_DECODER = json.JSONDecoder(parse_float=Number, parse_constant=lambda _: None)


def read_parquet(part: Part) -> Table:
    """The file as a table of text."""
    try:
        frame = as_text(pl.read_parquet(part.path, use_statistics=False))
    except (pl.exceptions.PolarsError, OSError, zlib.error) as exc:
        raise UnreadableError(file_problems.broken(part, "parquet")) from exc
    rows = pl.int_range(1, frame.height + 1, eager=True)
    return Table(tuple(frame.columns), _by_position(frame), rows)


def read_json(part: Part) -> Table:
    """The records of a JSON array; its elements that are no objects are among the rejects."""
    text = read_text(part)
    try:
        document = _DECODER.decode(text.data.to_pybytes().decode("utf-8").strip())
    except json.JSONDecodeError as exc:
        raise UnreadableError(file_problems.broken(part, "json", row=exc.lineno)) from exc
    except RecursionError as exc:
        raise UnreadableError(file_problems.broken(part, "json")) from exc
    if not isinstance(document, list):
        raise UnreadableError(file_problems.not_an_array(part))
    return _table(part, text, enumerate(document, start=1))


def read_json_lines(part: Part) -> Table:
    """The records of the lines; lines that are no JSON objects are among the rejects."""
    text = read_text(part)
    return _table(part, text, _lines(part, text))


class Broken(str):
    """A line or an element that is no record."""

    __slots__ = ()


def _lines(part: Part, text: Text) -> Iterator[tuple[int, object]]:
    lines = io.TextIOWrapper(pa.BufferReader(text.data), encoding="utf-8", newline="\n")
    numbered = ((row, line.strip()) for row, line in enumerate(lines, start=1))
    filled = ((row, line) for row, line in numbered if line)
    last: tuple[int, object] | None = None
    for row, line in filled:
        if last:
            yield last
        try:
            last = (row, _DECODER.decode(line))
        except (json.JSONDecodeError, RecursionError):
            last = (row, Broken(line))
    if last is None:
        return
    if isinstance(last[1], Broken) and not part.is_verified:
        raise UnreadableError(file_problems.truncated(part, row=last[0]))
    yield last


def _table(part: Part, text: Text, records: Iterable[tuple[int, object]]) -> Table:
    set_aside: list[Reject] = []
    positions: dict[str, str] = {}
    frames = [pl.DataFrame(schema={"row": pl.Int64})]
    good = _good_records(part, records, set_aside)
    while batch := list(itertools.islice(good, BATCH_ROWS)):
        for name in dict.fromkeys(name for _, record in batch for name in record):
            positions.setdefault(name, str(len(positions)))
        values = {at: [record.get(name) for _, record in batch] for name, at in positions.items()}
        schema = {"row": pl.Int64, **dict.fromkeys(positions.values(), pl.String)}
        frames.append(pl.DataFrame({"row": [row for row, _ in batch], **values}, schema=schema))
    whole = pl.concat(frames, how="diagonal")
    table = Table(tuple(positions), whole.drop("row"), whole["row"], tuple(set_aside), text.notes)
    return decode_columns(part, table) if text.is_escaped else table


def _good_records(
    part: Part, records: Iterable[tuple[int, object]], set_aside: list[Reject]
) -> Iterator[tuple[int, dict[str, str | None]]]:
    for row, record in records:
        texts = _texts(record) if isinstance(record, dict) else None
        if texts is None:
            original = record if isinstance(record, Broken) else json.dumps(record, ensure_ascii=True)
            set_aside.append(rejects.json_line(part, row, original))
        else:
            yield row, texts


def _texts(record: dict[str, Any]) -> dict[str, str | None] | None:
    """The values as text; None where a value is no text that can be stored (a lone surrogate)."""
    texts = {name: _value_text(value) for name, value in record.items()}
    try:
        "".join([*texts, *(text for text in texts.values() if text)]).encode("utf-8")
    except UnicodeEncodeError:
        return None
    return texts


def _value_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value.replace("\0", "") or None
    if isinstance(value, Number):
        return value.text
    if isinstance(value, bool | dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _by_position(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({name: str(at) for at, name in enumerate(frame.columns)})
