"""Writes the tickets of each office into a workbook of its own: the evidence side by side, and a column to answer in.

File names hold the office and the day, nothing of a person. Whatever a delivery smuggled in is written as text, so that
no spreadsheet takes it for a formula.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from contracts import received
from flows.errors import PathError
from flows.linkage.outputs import write_whole
from flows.tickets.words import ANSWER, ANSWERS, GUIDE, NOTE, ROLES, SHEET, SIDES, STATES, TICKET
from matching import keys
from matching.discrepancies.words import BECAUSE, FIELDS, KINDS
from matching.errors import EvidenceError
from matching.explain.compact import explained
from matching.reasons import Reason

_NAME_LETTERS = 60
_HEAD = PatternFill("solid", fgColor="DDE7F0")
_OPEN = PatternFill("solid", fgColor="FFF8DC")
_TOP = Alignment(vertical="top", wrap_text=True)

Row = Mapping[str, Any]


_OF_ENTERPRISES = ("enterprise_code", "enterprise_name", "office_commune", "legal_status")


@cache
def _evidence(found: str | None, field: str) -> str | None:
    """What matching found alike and unlike, in words."""
    if found is None:
        return None
    reference = "enterprise" if field in _OF_ENTERPRISES else "population"
    try:
        clues = explained(found, reference, entries=1).clues
    except EvidenceError:
        # Evidence of another version: the two values stand beside each other all the same.
        return None
    return "; ".join(f"{each.title.vi}: {each.meaning.vi}" for each in clues)


def _of(words: Mapping[str, str], column: str) -> Callable[[Row], object]:
    return lambda row: words.get(row[column], row[column])


_COLUMNS: tuple[tuple[str, int, Callable[[Row], object]], ...] = (
    (TICKET, 24, lambda row: row["ticket_id"]),
    ("Mức", 6, lambda row: row["gravity"]),
    ("Hạn trả lời", 12, lambda row: row["verify_by"]),
    ("Hạn sửa", 12, lambda row: row["due_on"]),
    ("Trạng thái", 12, _of(STATES, "state")),
    ("Dữ liệu", 16, lambda row: received()[row["dataset"]].title_vi),
    ("Mã bản ghi", 30, lambda row: row["record_id"]),
    ("Vai trò", 14, _of(ROLES, "role")),
    ("Trường", 18, _of({name: each.vi for name, each in FIELDS.items()}, "field")),
    ("Bản ghi của đơn vị", 28, lambda row: row["local_value"]),
    ("Sổ gốc", 28, lambda row: row["register_value"]),
    ("Khác thế nào", 22, _of({name: each.vi for name, each in KINDS.items()}, "kind")),
    ("Bên có thể sai", 16, _of(SIDES, "likely_wrong")),
    ("Vì sao", 30, _of({name: each.vi for name, each in BECAUSE.items()}, "likely_wrong_reason")),
    ("Căn cứ nối", 30, _of({each.value: each.vi for each in Reason}, "link_reason")),
    ("Các trường giống và khác", 44, lambda row: _evidence(row["evidence"], row["field"])),
    ("Lần giao", 22, lambda row: row["delivery_id"]),
    ("Tệp", 20, lambda row: row["file"]),
    ("Dòng", 8, lambda row: row["row"]),
    (ANSWER, 20, lambda _: None),
    (NOTE, 36, lambda _: None),
)


def file_name(office: str, day: date) -> str:
    """`phieu-2026-11-28-ubnd-phuong-phu-loi-3f2a1c.xlsx`; its end tells offices apart that differ in accents alone."""
    plain = pl.select(keys.unaccented(pl.lit(office))).item()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_NAME_LETTERS].strip("-") or "don-vi"
    return f"phieu-{day:%Y-%m-%d}-{slug}-{hashlib.sha256(office.encode()).hexdigest()[:6]}.xlsx"


def write_all(tickets: pl.DataFrame, folder: Path, day: date) -> list[Path]:
    """Writes a workbook an office; PathError before any is written where one is there already.

    `tickets` are rows of `warehouse.tickets.board` that are not closed, in the order they are to be read in.
    """
    offices = {str(key[0]): some for key, some in tickets.group_by("office", maintain_order=True)}
    paths = {office: folder / file_name(office, day) for office in offices}
    for path in paths.values():
        if path.exists():
            vi = "đã có tệp này, có thể đã được điền; hãy chọn thư mục khác"
            raise PathError(path, vi, "this is there and may be filled in already; choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        vi, en = f"không tạo được thư mục ({exc.strerror})", f"the folder cannot be made ({exc.strerror})"
        raise PathError(folder, vi, en) from exc
    for office, some in offices.items():
        write_whole(_workbook(office, some, day).save, paths[office])
    return list(paths.values())


def _workbook(office: str, tickets: pl.DataFrame, day: date) -> Workbook:
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("a new workbook has a sheet")
    page.title = SHEET
    for place, (title, width, _) in enumerate(_COLUMNS, start=1):
        cell = page.cell(1, place, title)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _TOP
        page.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(tickets.iter_rows(named=True), start=2):
        for place, (_, _, value) in enumerate(_COLUMNS, start=1):
            _write(page, number, place, value(row))
    _ask(page, tickets.height)
    _guide(book, office, day)
    return book


def _write(page: Worksheet, row: int, column: int, value: object) -> None:
    cell = page.cell(row, column)
    cell.alignment = _TOP
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if not isinstance(value, str):
        cell.value = value  # type: ignore[assignment]  # openpyxl's stubs know cells of one kind only
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    # A text that begins with = is a text: openpyxl takes it for a formula, a spreadsheet does when it is edited.
    cell.data_type = "s"
    cell.quotePrefix = True


def _ask(page: Worksheet, rows: int) -> None:
    titles = [title for title, _, _ in _COLUMNS]
    choice = DataValidation(type="list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True)
    page.add_data_validation(choice)
    for title in (ANSWER, NOTE):
        letter = get_column_letter(titles.index(title) + 1)
        for number in range(2, rows + 2):
            page[f"{letter}{number}"].fill = _OPEN
        if title == ANSWER:
            choice.add(f"{letter}2:{letter}{rows + 1}")
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{rows + 1}"


def _guide(book: Workbook, office: str, day: date) -> None:
    page = book.create_sheet("Hướng dẫn")
    page.column_dimensions["A"].width = 110
    for number, line in enumerate((office, f"Ngày lập: {day:%d/%m/%Y}", *GUIDE), start=1):
        _write(page, number, 1, line)
    page["A1"].font = Font(bold=True)
