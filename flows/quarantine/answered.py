"""Reads sheets that came back: which rows were answered, and what is wrong with the files themselves.

Values are compared with what was written, not trusted: only answers, notes and corrections are taken from a sheet.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
from openpyxl.utils import get_column_letter

from flows.pull.excel_book import BROKEN
from flows.quarantine.errors import Fault
from flows.quarantine.layout import ANSWER, CORRECTION, FIRST_ROW, HEADER_ROW, ID, KEY_ROW, META_SHEET, NOTE, SEAL

_FORM = "1"
_NEEDED = (ID, SEAL, ANSWER, NOTE)
_TYPED = r"^[+-]?\d[\d.,E+-]*$|^\d{4}-\d\d-\d\d|^(?i:true|false)$"
"""What a cell that is no text looks like once it is read as text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of answers as it came back."""

    path: Path
    title: str
    dataset: str
    kind: str
    headers: dict[str, str]
    """What a fault calls a column, by its key: letter and header."""
    rows: pl.DataFrame
    """Text by column key, and `at`: the row as the clerk sees it. Blank rows are left out."""

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Answered:
    """What files hold."""

    sheets: tuple[Sheet, ...]
    faults: tuple[Fault, ...]


def read(paths: list[Path], installation: str) -> Answered:
    """All sheets of the files, and the faults of files that are none of ours."""
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            sheets += _read_file(path, installation)
        except _FileFaultError as exc:
            faults.append(exc.fault)
    return Answered(tuple(sheets), tuple(faults))


class _FileFaultError(Exception):
    def __init__(self, path: Path, sheet: str, vi: str, en: str) -> None:
        self.fault = Fault(path.name, sheet, 0, "", vi, en)
        super().__init__(en)


def _read_file(path: Path, installation: str) -> Iterator[Sheet]:
    try:
        book = fastexcel.read_excel(path)
        names = book.sheet_names
        if META_SHEET not in names:
            vi = "không phải phiếu cách ly, hoặc dòng đã bị chép sang tệp khác; hãy điền vào đúng tệp đã nhận"
            raise _FileFaultError(path, "", vi, "no quarantine sheet, or rows were copied; fill in the file as it came")
        meta = dict(_texts(book, META_SHEET).select("0", "1").iter_rows())
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, OSError) as exc:
        vi, en = "không mở được; tệp phải là .xlsx còn nguyên, không mật khẩu", "it cannot be opened as an .xlsx"
        raise _FileFaultError(path, "", vi, f"{en}; save it again, without a password") from exc
    if meta.get("form") != _FORM or meta.get("installation") != installation:
        vi = "phiếu của một hệ thống doisoat khác; hãy gửi về đúng nơi đã lập"
        raise _FileFaultError(path, "", vi, "the sheet of another installation of doisoat; send it to the one it is of")
    for key, title in meta.items():
        kind, _, dataset = str(key).partition(":")
        if not dataset:
            continue
        if title not in names:
            vi, en = "thiếu trang này; hãy lấy lại tệp gốc, không xóa hay đổi tên trang", "this sheet is missing"
            raise _FileFaultError(path, str(title), vi, f"{en}; take the file as it came, remove or rename no sheet")
        yield _sheet(path, book, str(title), dataset, kind)


def _sheet(path: Path, book: fastexcel.ExcelReader, title: str, dataset: str, kind: str) -> Sheet:
    texts = _texts(book, title)
    keys = [key or f"extra {at}" for at, key in enumerate(texts.row(KEY_ROW))] if len(texts) > HEADER_ROW else []
    if not set(_NEEDED) <= set(keys) or len(set(keys)) < len(keys):
        vi = "dòng khóa hoặc cột ẩn đã bị xóa hay đổi; hãy điền lại vào tệp đã nhận"
        raise _FileFaultError(path, title, vi, "hidden keys were removed or changed; fill in the file as it came")
    headers = {
        key: f"{get_column_letter(at + 1)} ({str(header or '').splitlines()[0] if header else '–'})"
        for at, (key, header) in enumerate(zip(keys, texts.row(HEADER_ROW), strict=True))
    }
    rows = texts[FIRST_ROW:].rename(dict(zip(texts.columns, keys, strict=True)))
    rows = rows.with_columns(at=pl.int_range(FIRST_ROW + 1, FIRST_ROW + 1 + pl.len()))
    told = rows.filter(~pl.all_horizontal(pl.exclude("at").is_null()))
    return Sheet(path, title, dataset, kind, headers, told)


def _texts(book: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    frame: pl.DataFrame = sheet.to_polars()
    frame = frame.rename({name: str(at) for at, name in enumerate(frame.columns)})
    # Spaces around a typed value mean nothing, and a cell of spaces is empty.
    trimmed = pl.all().cast(pl.String).str.strip_chars()
    return frame.with_columns(trimmed).with_columns(pl.when(pl.all() != "").then(pl.all()))


def filled_in(sheet: Sheet) -> list[str]:
    """Keys of the columns that a clerk fills in."""
    return [key for key in sheet.rows.columns if key in (ANSWER, NOTE) or key.startswith(CORRECTION)]


def not_text(sheet: Sheet) -> list[Fault]:
    """Cells that a spreadsheet made numbers, dates or formulas of: what was meant is no longer certain."""
    columns = [key for key in filled_in(sheet) if key != NOTE]
    is_suspect = pl.any_horizontal(pl.col(columns).str.contains(_TYPED)).fill_null(value=False)
    if not _has_formulas(sheet.path) and not sheet.rows.select(is_suspect.any()).item():
        return []
    at = {list(sheet.headers).index(key) + 1: key for key in columns}
    faults = []
    try:
        book = openpyxl.load_workbook(sheet.path, read_only=True, data_only=False)
    except BROKEN:
        vi, en = "không mở được tệp; hãy lưu lại dạng .xlsx", "it cannot be opened; save it as .xlsx again"
        return [Fault(sheet.file, sheet.title, 0, "", vi, en)]
    try:
        for row in book[sheet.title].iter_rows(min_row=FIRST_ROW + 1, min_col=min(at), max_col=max(at)):
            for cell in row:
                if cell.value is not None and cell.column in at and cell.data_type in ("n", "d", "f", "b", "e"):
                    faults.append(_typed(sheet, cell.row, at[cell.column], is_formula=cell.data_type == "f"))
    finally:
        book.close()
    return faults


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets if name.endswith(".xml"))


def _typed(sheet: Sheet, row: int, key: str, *, is_formula: bool) -> Fault:
    if is_formula:
        vi, en = "ô này là công thức; hãy ghi chính giá trị đó", "this cell is a formula; write the value itself"
    else:
        vi = "Excel đã đổi ô này thành số hoặc ngày (có thể mất số 0 ở đầu); đặt định dạng ô là Văn bản rồi gõ lại"
        en = "the spreadsheet made a number or date of this cell; format it as text and type it again"
    return Fault(sheet.file, sheet.title, row, sheet.headers[key], vi, en)
