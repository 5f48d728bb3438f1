"""Writes one workbook for one receiving unit: a cover, a sheet a dataset, and what tells the machine whose it is.

Every value is written as text, never as a formula, a number or a date, so Excel shows it as it came; only the cells to
be filled in can be changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from contracts import Contract, received
from flows.quarantine.layout import (
    ANSWER,
    CORRECTION,
    COVER_SHEET,
    DUE,
    FILE,
    FIRST_ROW,
    HEADER_ROW,
    ID,
    IS,
    KEY_ROW,
    LINE,
    META_SHEET,
    NOTE,
    PROPOSAL,
    ROW,
    SEAL,
    WRONG,
    Page,
)  # fmt: skip
from flows.quarantine.vocabulary import ANSWERS, BLANK

_FORM = "1"
_HEADERS = {
    ID: "Mã", SEAL: "Niêm phong", FILE: "Tệp", ROW: "Dòng", DUE: "Hạn sửa", WRONG: "Sai ở đâu",
    ANSWER: "Trả lời", NOTE: "Ghi chú", IS + LINE: "Dòng như đã nhận",
}  # fmt: skip
_WIDTHS = {FILE: 18, ROW: 7, DUE: 11, WRONG: 44, ANSWER: 21, NOTE: 26, IS + LINE: 90}
_HIDDEN = (ID, SEAL)
_FILLED_IN = (ANSWER, NOTE)
_FROZEN_BEHIND = ANSWER
_TEXT = {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1, "border_color": "#D0D0D0"}
# A quotation mark before the text: whoever edits such a cell still gets text, not a formula.
_SHOWN = {**_TEXT, "quote_prefix": True}
_FORMATS: Mapping[str, dict[str, Any]] = {
    "shown": _SHOWN,
    "wrong": {**_SHOWN, "bg_color": "#F8D7DA", "bold": True},
    "proposed": {**_SHOWN, "bg_color": "#FFF3CD"},
    "filled_in": {**_TEXT, "bg_color": "#E2F0D9", "locked": False},
    "header": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1F3864", "font_color": "#FFFFFF",
               "border": 1},
    "title": {"bold": True, "font_size": 15, "text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "valign": "top", "text_wrap": True},
    "cover": {"text_wrap": True, "valign": "top"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """What a workbook says besides its rows."""

    unit: str
    installation: str
    batch: str
    written_on: date
    verify_by: date
    fix_by: date


def write(path: Path, letter: Letter, pages: Sequence[Page]) -> None:
    """Writes the workbook; row by row, so memory stays flat whatever its size."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
               "strings_to_urls": False}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = {name: book.add_format(each) for name, each in _FORMATS.items()}
        book.set_properties({"title": "doisoat", "comments": letter.batch})
        _cover(book.add_worksheet(COVER_SHEET), letter, pages, formats)
        for page in pages:
            _page(book.add_worksheet(page.title), page, formats)
        _meta(book.add_worksheet(META_SHEET), letter, pages)


def _cover(sheet: Worksheet, letter: Letter, pages: Sequence[Page], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    lines = _cover_lines(letter, pages)
    for at, (name, text, style) in enumerate(lines):
        sheet.write_string(at, 0, name, formats["title" if style == "title" else "bold"])
        sheet.write_string(at, 1, text, formats[style])
    sheet.protect()


def _cover_lines(letter: Letter, pages: Sequence[Page]) -> list[tuple[str, str, str]]:
    rows = sum(page.rows.height for page in pages)
    verify, fix = f"{letter.verify_by:%d/%m/%Y}", f"{letter.fix_by:%d/%m/%Y}"
    subtitle = "Dòng dữ liệu chờ đơn vị xác minh và sửa · Rows that wait to be verified and corrected"
    return [
        ("Phiếu cách ly", subtitle, "title"),
        ("Đơn vị · Unit", letter.unit, "bold"),
        ("Ngày lập · Written on", f"{letter.written_on:%d/%m/%Y}", "cover"),
        ("Số dòng · Rows", str(rows), "cover"),
        (
            "Thời hạn · Deadline",
            f"Xác minh trước hết ngày {verify}, sửa trước hết ngày {fix}: hạn của dòng chờ lâu nhất, "
            "hạn từng dòng ở cột “Hạn sửa” (theo thời hạn xác minh và sửa của CV 4856/BCA-TTDLQG).\n"
            f"Verify by {verify}, correct by {fix}: the deadlines of the row that waits longest; each has its own.",
            "bold",
        ),
        (
            "Cách làm",
            "1. Mỗi tập dữ liệu một trang. Ô đỏ là giá trị vướng quy tắc, ô vàng là đề nghị, ô xanh là chỗ ghi.\n"
            "2. Chọn “Trả lời” cho từng dòng. Ghi giá trị đúng vào cột “sửa thành” nếu cần; số 0 ở đầu phải giữ, "
            "ngày ghi như 31/12/2024.\n"
            "3. Không thêm, xóa, chép dòng sang tệp khác; không đổi tên trang. Lưu dạng .xlsx rồi gửi lại.\n"
            "4. Dòng chưa trả lời vẫn chờ; gửi lại nhiều lần được.",
            "cover",
        ),
        (
            "How to",
            "1. A sheet a dataset. Red: what broke a rule; yellow: what is proposed; green: what you fill in.\n"
            "2. Choose an answer in each row. Write the right value under “sửa thành” where needed; keep leading "
            "zeros, write days as 31/12/2024.\n"
            "3. Add, remove or copy no rows, rename no sheet. Save as .xlsx and send it back.\n"
            "4. Rows without an answer wait on; you may send the file again.",
            "cover",
        ),
        *((each.vi, f"{each.meaning_vi}\n{each.en}: {each.meaning_en}", "cover") for each in ANSWERS),
        (
            "Bảo mật · Protection",
            "Tệp có dữ liệu cá nhân: chỉ gửi qua kênh được phép, xóa khi xong.\n"
            "This file holds personal data: send it through permitted channels only, delete it when done.",
            "bold",
        ),
    ]  # fmt: skip


def _page(sheet: Worksheet, page: Page, formats: Mapping[str, Any]) -> None:
    contract, columns, last = received()[page.dataset], page.columns, FIRST_ROW + page.rows.height - 1
    for at, key in enumerate(columns):
        options = {"hidden": True} if key in _HIDDEN else {}
        sheet.set_column(at, at, _WIDTHS.get(key, 20), None, options)
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_row(HEADER_ROW, 34)
    sheet.freeze_panes(FIRST_ROW, columns.index(_FROZEN_BEHIND) + 1)
    sheet.autofilter(HEADER_ROW, 0, last, len(columns) - 1)
    sheet.protect(options={"autofilter": True, "format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&L&A&R&P / &N")
    answer = columns.index(ANSWER)
    sheet.data_validation(FIRST_ROW, answer, last, answer, _choice(page))
    for at, key in enumerate(columns):
        sheet.write_string(KEY_ROW, at, key)
    for at, key in enumerate(columns):
        sheet.write_string(HEADER_ROW, at, _header(contract, key), formats["header"])
    _rows(sheet, page, formats)


def _rows(sheet: Worksheet, page: Page, formats: Mapping[str, Any]) -> None:
    blank = formats["filled_in"]
    cells: list[tuple[int, list[str | None], list[bool] | None, Any]] = []
    empty = [at for at, key in enumerate(page.columns) if key in _FILLED_IN or key.startswith(CORRECTION)]
    for at, key in enumerate(page.columns):
        if at not in empty:
            off = f"off:{key.removeprefix(IS)}"
            marks = page.rows[off].to_list() if key.startswith(IS) and off in page.rows.columns else None
            style = formats["proposed" if key.startswith(PROPOSAL) else "shown"]
            cells.append((at, page.rows[key].to_list(), marks, style))
    wrong, write_string, write_blank = formats["wrong"], sheet.write_string, sheet.write_blank
    for row in range(page.rows.height):
        for at, values, marks, style in cells:
            value = values[row]
            is_wrong = marks is not None and marks[row]
            if value is not None:
                write_string(FIRST_ROW + row, at, value, wrong if is_wrong else style)
            elif is_wrong:
                write_blank(FIRST_ROW + row, at, None, wrong)
        for at in empty:
            write_blank(FIRST_ROW + row, at, None, blank)


def _choice(page: Page) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [each.vi for each in page.answers],
        "error_title": "Trả lời",
        "error_message": "Hãy chọn một câu trả lời trong danh sách.",
    }


def _header(contract: Contract, key: str) -> str:
    for prefix, words in ((IS, ""), (PROPOSAL, " – đề nghị"), (CORRECTION, " – sửa thành")):
        name = key.removeprefix(prefix)
        if key.startswith(prefix) and name in contract.names:
            hint = f"\nghi {BLANK} để xóa" if prefix == CORRECTION else ""
            return f"{contract[name].title_vi}{words}{hint}"
    return _HEADERS[key]


def _meta(sheet: Worksheet, letter: Letter, pages: Sequence[Page]) -> None:
    told = [("form", _FORM), ("installation", letter.installation), ("batch", letter.batch)]
    told += [(f"{page.kind}:{page.dataset}", page.title) for page in pages]
    for row, pair in enumerate(told):
        for at, text in enumerate(pair):
            sheet.write_string(row, at, text)
    sheet.protect()
    sheet.very_hidden()
