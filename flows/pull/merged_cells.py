"""Finds merged cells of a workbook's first sheet without loading it: the streaming readers do not tell of them."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_FIRST_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?r:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_CHUNK_BYTES = 1 << 20


def merged_in_row(path: Path, row: int) -> list[str]:
    """The merged ranges (for example A1:C1) that touch the row and more than one column."""
    found = []
    with zipfile.ZipFile(path) as book:
        for window in _windows(book):
            for left, top, right, bottom in _MERGE.findall(window):
                if int(top) <= row <= int(bottom) and left != right:
                    found.append(f"{left.decode()}{top.decode()}:{right.decode()}{bottom.decode()}")
    return list(dict.fromkeys(found))


def _windows(book: zipfile.ZipFile) -> Iterator[bytes]:
    name = _first_sheet(book)
    if name not in book.namelist():
        return
    tail = b""
    with book.open(name) as sheet:
        while chunk := sheet.read(_CHUNK_BYTES):
            yield tail + chunk
            tail = chunk[-64:]


def _first_sheet(book: zipfile.ZipFile) -> str:
    """The file of the first sheet: files are numbered as the sheets were made, not as they stand."""
    first = _FIRST_SHEET.search(book.read("xl/workbook.xml"))
    for relation in _RELATION.findall(book.read("xl/_rels/workbook.xml.rels")):
        target = re.search(rb'Target="/?(?:xl/)?([^"]+)"', relation)
        if first and target and b'Id="' + first[1] + b'"' in relation:
            return "xl/" + target[1].decode()
    return "xl/worksheets/sheet1.xml"
