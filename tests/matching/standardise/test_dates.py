"""Dates in all their forms."""

import datetime as dt

import polars as pl
import pytest

from matching.standardise.dates import quick_dates, quick_datetimes
from matching.standardise.kinds import KINDS
from matching.standardise.reading import read_through


def read(value, kind="date"):
    return read_through(value, KINDS[kind].steps, KINDS[kind].reader)


@pytest.mark.parametrize(
    "value",
    [
        "07/10/2025",
        "7/10/2025",
        "07-10-2025",
        "07.10.2025",
        "2025-10-07",
        "20251007",
        "20251007103000",
        "2025-10-07T10:30:00",
        "2025-10-07 00:00:00",
        "07/10/2025 10:30",
        "07/10/2025 10:30:05",
        "45937",
        "45937.5",
        "20251007.0",
        "'07/10/2025",
        "07102025",
        "ngày 7 tháng 10 năm 2025",
        "07 / 10 / 2025",
        "2025/10/07",
    ],
)
def test_a_day_is_read_in_every_form(value):
    assert (read(value).value, read(value).precision) == (dt.date(2025, 10, 7), "day")


@pytest.mark.parametrize(
    ("value", "first", "precision"),
    [
        ("1990", "1990-01-01", "year"),
        ("1990.0", "1990-01-01", "year"),
        ("05/1990", "1990-05-01", "month"),
        ("5-1990", "1990-05-01", "month"),
        ("1990-05", "1990-05-01", "month"),
        ("00/00/1990", "1990-01-01", "year"),
        ("19900000", "1990-01-01", "year"),
        ("năm 1990", "1990-01-01", "year"),
    ],
)
def test_a_month_or_year_is_its_first_day(value, first, precision):
    assert (read(value).value, read(value).precision) == (dt.date.fromisoformat(first), precision)


@pytest.mark.parametrize(
    ("value", "day", "repair"),
    [
        ("05/06/92", "1992-06-05", "two_digit_year"),
        ("05/06/12", "2012-06-05", "two_digit_year"),
        ("05/06/30", "1930-06-05", "two_digit_year"),
        ("12/25/1990", "1990-12-25", "day_month_swapped"),
        ("45937", "2025-10-07", "excel_day_number"),
        ("7672", "1921-01-01", "excel_day_number"),
        ("1990.0", "1990-01-01", "number_as_float"),
        ("'1990", "1990-01-01", "stray_marks_removed"),
    ],
)
def test_each_repair_has_its_name(value, day, repair):
    assert (read(value).value, read(value).repairs) == (dt.date.fromisoformat(day), (repair,))


@pytest.mark.parametrize(
    "value", ["31/02/1990", "29/17/2005", "30/02/2030", "16/06/2995", "00000000000000", "20261340250000", "29/02/2023"]
)
def test_an_impossible_date_is_told(value):
    assert (read(value).value, read(value).problem) == (None, "impossible_date")


@pytest.mark.parametrize("value", ["hôm qua", "12", "1/2", "abc 1990", "²⁰/10/1990", "1990?"])
def test_an_unreadable_date_is_told(value):
    assert (read(value).value, read(value).problem) == (None, "unreadable_date")


@pytest.mark.parametrize("value", ["07/10/2025", "7-10-2025", "07.10.2025", "07 10 2025", "07102025", "07/10/25 10:30"])
def test_numbers_that_begin_with_the_day_may_begin_with_the_month(value):
    assert read(value).alt == dt.date(2025, 7, 10)


@pytest.mark.parametrize(
    "value",
    [
        *("25/10/1990", "10/10/1990", "1990", "12/25/1990", "20251007", "20251007103000", "2025-10-07", "2025/10/07"),
        *("45937", "ngày 7 tháng 10 năm 2025", "7 T10 2025"),
    ],
)
def test_only_a_swappable_day_has_another_reading(value):
    assert read(value).alt is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("20251007103005", "2025-10-07T10:30:05"),
        ("07/10/2025 09:05", "2025-10-07T09:05"),
        ("07/10/2025 09:05 CH", "2025-10-07T21:05"),
        ("2025-10-07T03:00:00Z", "2025-10-07T10:00"),
        ("2025-10-07T10:00:00+07:00", "2025-10-07T10:00"),
        ("45937.4375", "2025-10-07T10:30"),
        ("07/10/2025", "2025-10-07T00:00"),
    ],
)
def test_a_moment_keeps_its_time_in_local_hours(value, moment):
    assert read(value, "datetime").value == dt.datetime.fromisoformat(moment)


USUAL = [
    "20251007103005",
    "07/10/2025 09:05",
    "07/10/2025 09:05:59",
    "2025-10-07T10:00:00",
    "2025-10-07 10:00:00",
    "07/10/2025",
    "7/10/2025",
    "7/8/2025",
    "07-10-2025",
    "07.10.2025",
    "2025-10-07",
    "20251007",
    "07102025",
]
UNUSUAL = [
    "20261340250000",
    "00000000000000",
    "20251007103060",
    "31/02/2026 10:00",
    "12/25/1990",
    "01/01/1900",
    "07/10/1799",
]


@pytest.mark.parametrize("value", USUAL)
def test_a_usual_moment_is_read_quickly_as_the_reader_reads_it(value):
    quick = quick_datetimes(pl.Series([value, None]))
    assert quick["std"].to_list() == [read(value, "datetime").value, None]


@pytest.mark.parametrize("value", [*USUAL, "1950", "1800", "2099"])
def test_a_usual_date_is_read_quickly_as_the_reader_reads_it(value):
    reading = read(value)
    assert quick_dates(pl.Series([value])).row(0) == (reading.value, reading.precision, reading.alt)


@pytest.mark.parametrize("value", [*UNUSUAL, "1900", "2101", "45231", None])
def test_what_needs_a_repair_or_is_no_date_is_not_read_quickly(value):
    values = pl.Series([value], dtype=pl.String)
    assert quick_dates(values).row(0) == (None, None, None)
    assert quick_datetimes(values).row(0) == (None,)
