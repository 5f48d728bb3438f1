"""Looks whether a file has an `_op` column: it makes a delivery without a manifest a delta."""

import re
from pathlib import Path

import polars as pl

from flows.pull.excel_book import BROKEN, opened

OPERATION = "_op"
_HEAD_BYTES = 1 << 16
_CHUNK_BYTES = 1 << 20
_IN_HEADER = re.compile(rb'(?:^|[,;\t|"])\s*_op\s*(?:$|[,;\t|"\r\n])', re.IGNORECASE)
_AS_KEY = re.compile(rb'"_op"\s*:', re.IGNORECASE)


def has_operations(path: Path) -> bool:
    """Whether the file has an `_op` column; a file that cannot be opened has none, reading it will tell why."""
    look = {".csv": _in_text, ".tsv": _in_text, ".json": _in_json, ".jsonl": _in_json}
    look |= {".xlsx": _in_workbook, ".parquet": _in_parquet}
    ending = path.suffix.lower()
    return look[ending](path) if ending in look else False


def _in_text(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    # Without NUL bytes UTF-16 reads like ASCII, which is all that is looked for.
    lines = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"").lstrip().splitlines()
    return bool(lines) and _IN_HEADER.search(lines[0]) is not None


def _in_json(path: Path) -> bool:
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            window = tail + chunk.replace(b"\0", b"")
            if _AS_KEY.search(window):
                return True
            tail = window[-64:]
    return False


def _in_parquet(path: Path) -> bool:
    try:
        names = list(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError):
        return False
    return _has(names)


def _in_workbook(path: Path) -> bool:
    try:
        with opened(path) as book:
            rows = book.worksheets[0].iter_rows(values_only=True, max_row=10)
            first = next((row for row in rows if any(cell not in (None, "") for cell in row)), ())
            return _has([str(cell) for cell in first])
    except BROKEN:
        return False


def _has(names: list[str]) -> bool:
    return any(name.strip().lower() == OPERATION for name in names)
