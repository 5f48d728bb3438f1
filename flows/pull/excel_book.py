"""Opens a workbook with openpyxl for reading row by row."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, IndexError, ValueError, OSError, EOFError)
"""What openpyxl and zipfile raise for a workbook that is none."""


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """The workbook, its formulas by their last result; closed afterwards."""
    with warnings.catch_warnings():
        # It warns of dates out of range and of missing styles; such cells come out empty or as plain text.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()
