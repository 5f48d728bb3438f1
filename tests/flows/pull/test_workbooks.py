"""Workbook cells become the text a clerk sees, the same by both readers."""

import datetime as dt

import pytest

from flows.pull.model import Part
from flows.pull.workbooks import read_workbook, streamed_sheet, whole_sheet

CELLS = [
    (1, "1"),
    (0.1 + 0.2, "0.3"),
    (100.25, "100.25"),
    (-0.5, "-0.5"),
    (1 / 3, "0.333333333"),
    (20240830151800, "20240830151800"),
    (79184596273, "79184596273"),
    (123456789012345678, "123456789012345696"),
    (1e21, "1000000000000000000000"),
    (1e-7, "0.0000001"),
    (True, "true"),
    ("1.23457E+11", "1.23457E+11"),
    ("0.30000000000000004", "0.30000000000000004"),
    ("  012 ", "  012 "),
    ("=1+1", "=1+1"),
    ("Nguyễn", "Nguyễn"),
    ("hai\ndòng", "hai\ndòng"),
    (dt.datetime(2024, 1, 4), "2024-01-04 00:00:00"),
    (dt.datetime(2024, 1, 4, 13, 45, 59), "2024-01-04 13:45:59"),
    (dt.datetime(1901, 5, 1), "1901-05-01 00:00:00"),
    (dt.time(13, 5, 7), "1899-12-31 13:05:07"),
]


@pytest.fixture
def part(tmp_path, workbook):
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet.write_row(2, 1, ["MaSoDoanhNghiep", "TenTiengViet"])
        for at, (value, _) in enumerate(CELLS, start=3):
            write = sheet.write_datetime if isinstance(value, dt.date | dt.time) else sheet.write
            options = (day,) if isinstance(value, dt.date | dt.time) else ()
            (sheet.write_string if isinstance(value, str) else write)(at, 1, value, *options)
        sheet.write_formula(len(CELLS) + 4, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(len(CELLS) + 5, 1, "=B4+1", None, 2)
        sheet.write_string(len(CELLS) + 8, 2, "cuối")

    path = tmp_path / "enterprise.xlsx"
    path.write_bytes(workbook(fill=fill))
    return Part(path, "enterprise", None, None, False, frozenset())


def test_both_readers_give_the_same_text(part):
    # fastexcel leaves out empty columns before the first one in use.
    used = [
        [each.to_list() for each in read(part) if each.null_count() < len(each)]
        for read in (whole_sheet, streamed_sheet)
    ]
    assert used[0] == used[1]


def test_cells_are_the_text_a_clerk_sees(part):
    sheet = whole_sheet(part)
    texts = [next(value for value in row if value) for row in sheet.rows()[3 : 3 + len(CELLS)]]
    assert texts == [text for _, text in CELLS]


@pytest.mark.parametrize("large_bytes", [1 << 30, 0])
def test_rows_keep_their_number_on_the_sheet_however_they_are_read(part, large_bytes):
    table = read_workbook(part, large_bytes=large_bytes)
    assert [name for name in table.header if name] == ["MaSoDoanhNghiep", "TenTiengViet"]
    assert table.header_row == 3
    assert table.rows[0] == 4
    assert table.rows[-1] == len(CELLS) + 9


def test_further_sheets_with_data_are_told(read, workbook):
    def fill(book, sheet):
        book.add_worksheet("Tháng 2").write(0, 0, "x")
        book.add_worksheet("Trống")

    result = read({"enterprise.xlsx": workbook(["MaSoDoanhNghiep", "TenTiengViet"], ["1", "a"], fill=fill)})
    assert [(each.code, each.is_fatal) for each in result.problems] == [("other_sheets", False)]
    assert "Tháng 2" in result.problems[0].vi
