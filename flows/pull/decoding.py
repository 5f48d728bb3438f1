"""Gives the bytes of a text file as UTF-8: as they are where they are UTF-8, decoded by `matching` where not."""

import csv
import io
from dataclasses import dataclass, replace

import pyarrow as pa

from flows.pull import file_problems
from flows.pull.errors import UnreadableError
from flows.pull.model import Part, Problem
from matching.errors import UndecodableError
from matching.standardise.detection import MIN_CONFIDENCE
from matching.standardise.encodings import Decoded, canonical_name, decode
from matching.standardise.raw_bytes import escaped, unicode_share

_BOM = b"\xef\xbb\xbf"
_HEAD_BYTES = 1 << 12
_FEW = 0.05
"""Share of values in UTF-8 up to which a file is one in a legacy table, into which somebody pasted them."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text as UTF-8 without byte order mark or NUL."""

    data: pa.Buffer
    notes: tuple[Problem, ...] = ()
    is_escaped: bool = False
    """Whether letters of `raw_bytes` stand in it for bytes that are no UTF-8, so each column is still to be decoded."""


def read_text(part: Part) -> Text:
    """The file's text; UnreadableError where it does not fit its declared encoding or none is recognised."""
    wanted = _wanted(part)
    # Mapped, not read: UTF-8 goes to the parser without ever being copied or decoded in Python.
    with pa.memory_map(str(part.path)) as file:
        data = file.read_buffer()
    if wanted in (None, "utf-8") and not _looks_wide(data) and _is_utf8(data):
        start = len(_BOM) if data.slice(0, min(3, data.size)).to_pybytes() == _BOM else 0
        return _without_nul(part, data.slice(start))
    raw = data.to_pybytes()
    by_column = _escaped(part, raw, wanted)
    if by_column is not None:
        return replace(_without_nul(part, pa.py_buffer(by_column)), is_escaped=True)
    try:
        decoded = decode(raw, wanted)
    except UndecodableError as exc:
        raise UnreadableError(_problem(part, raw, exc)) from exc
    text = _without_nul(part, pa.py_buffer(decoded.text.encode("utf-8")))
    return replace(text, notes=(*_about(part, decoded), *text.notes))


def _escaped(part: Part, raw: bytes, wanted: str | None) -> bytes | None:
    """The text in which bytes that are no UTF-8 are escaped, where columns are to be decoded one by one.

    They are where more than a few values are UTF-8 all the same, or where the manifest declares columns one by one.
    """
    if wanted == "utf-16" or _looks_wide(pa.py_buffer(raw)) or _is_utf8(pa.py_buffer(raw)):
        return None
    text = escaped(raw)
    if text is None or not (part.column_encodings or (wanted in (None, "utf-8") and unicode_share(text) > _FEW)):
        return None
    return text.encode("utf-8").removeprefix(_BOM)


def _about(part: Part, decoded: Decoded) -> tuple[Problem, ...]:
    """What a clerk should know of the encoding: that it was guessed, or that the declared one fits badly."""
    if part.encoding is None:
        return (file_problems.encoding_detected(part, decoded.encoding, decoded.confidence),)
    if decoded.confidence < MIN_CONFIDENCE:
        return (file_problems.encoding_doubtful(part, part.encoding, decoded.confidence),)
    return ()


def _wanted(part: Part) -> str | None:
    if part.encoding is None:
        return None
    try:
        return canonical_name(part.encoding)
    except UndecodableError as exc:
        raise UnreadableError(file_problems.encoding_unknown(part)) from exc


def _looks_wide(data: pa.Buffer) -> bool:
    # UTF-16 of Latin letters is valid UTF-8 as well, with a NUL in every pair of bytes.
    head: bytes = data.slice(0, min(_HEAD_BYTES, data.size)).to_pybytes()
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) > len(head) // 8


def _is_utf8(data: pa.Buffer) -> bool:
    offsets = pa.py_buffer(b"".join(end.to_bytes(8, "little") for end in (0, data.size)))
    try:
        pa.LargeStringArray.from_buffers(1, offsets, data).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _without_nul(part: Part, data: pa.Buffer) -> Text:
    view = memoryview(data)
    if data.size == 0 or not _has_nul(view):
        return Text(data)
    raw = data.to_pybytes()
    note = file_problems.nul_removed(part, row=raw.count(b"\n", 0, raw.index(0)) + 1, count=raw.count(0))
    return Text(pa.py_buffer(raw.replace(b"\0", b"")), (note,))


def _has_nul(view: memoryview) -> bool:
    step = 1 << 24
    return any(0 in bytes(view[start : start + step]) for start in range(0, len(view), step))


def _problem(part: Part, raw: bytes, exc: UndecodableError) -> Problem:
    row, column = (None, None) if exc.offset is None else _place(part, raw, exc.offset)
    if part.encoding is None:
        return file_problems.encoding_unsure(part, row=row, column=column)
    return file_problems.encoding_wrong(
        part, part.encoding, offset=exc.offset, row=row, column=column, looks_like=exc.looks_like
    )


def _place(part: Part, raw: bytes, offset: int) -> tuple[int, str | None]:
    """Row and column name of a byte: the text before it, split as the file would be."""
    before = raw[:offset].decode("latin-1").replace("\0", "").removeprefix("ï»¿").removeprefix("ÿþ").removeprefix("þÿ")
    if part.path.suffix.lower() not in (".csv", ".tsv"):
        return before.count("\n") + 1, None
    first = before.splitlines()[0] if before else ""
    delimiter = part.delimiter or max(",;\t|", key=first.count)
    records = list(csv.reader(io.StringIO(before, newline=""), delimiter=delimiter))
    # A record that has just ended leaves the byte at the start of the next one.
    if not records or before.endswith(("\n", "\r")):
        records.append([""])
    column = max(len(records[-1]), 1) - 1
    header = records[0] if len(records) > 1 else []
    return len(records), part.column_label(header, column)
