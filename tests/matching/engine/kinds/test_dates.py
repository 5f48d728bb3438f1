"""Dates, whole or in part."""

import datetime as dt

import polars as pl
import pytest

from matching.engine.kinds import KINDS

READ = [
    ("1990-05-03", 19900503),
    ("1990-5-3", 19900503),
    ("19900503", 19900503),
    ("03/05/1990", 19900503),
    ("3.5.1990", 19900503),
    ("03-05-1990 08:30", 19900503),
    ("1990-05-03T00:00:00", 19900503),
    ("03051990", 19900503),
    ("12/25/1990", 19901225),
    ("03/05/90", 19900503),
    ("ngày 3 tháng 5 năm 1990", 19900503),
    ("18-May-2015", 20150518),
    ("May 3, 1990", 19900503),
    ("32996", 19900503),
    ("05/1990", 19900500),
    ("1990-05", 19900500),
    ("199005", 19900500),
    ("1990", 19900000),
    ("00/00/1990", 19900000),
    ("1990-50-03", None),
    ("0000-00-00", None),
    ("12345678", None),
    ("unknown", None),
]
CASES = [
    ("day and month swapped", "03/05/1990", "05/03/1990", "swapped"),
    ("year alone", "1990", "03/05/1990", "partial"),
    ("month and year", "05/1990", "03/05/1990", "partial"),
    ("other month of the year", "05/1990", "03/06/1990", "year"),
    ("other year alone", "1991", "03/06/1990", "different"),
    ("one digit", "03/05/1990", "03/05/1980", "slip"),
    ("neighbours swapped", "12/05/1990", "21/05/1990", "slip"),
    ("other day", "03/05/1990", "28/05/1990", "month_year"),
    ("other year", "03/05/1990", "03/05/1978", "day_month"),
    ("same year", "03/05/1990", "28/11/1990", "year"),
    ("a day apart over a decade", "1909-12-31", "1910-01-01", "near"),
    ("nine days apart", "1909-12-24", "1910-01-02", "different"),
    ("other date", "03/05/1990", "28/11/1978", "different"),
]


@pytest.mark.parametrize(("text", "packed"), READ)
def test_form_is_read(values_of, text, packed):
    assert values_of("date", text) == [packed]


def test_odd_forms_are_read_among_usual_ones(values_of):
    assert values_of("date", "1990-05-03", "05/1990", None, "May 3, 1990", "x") == [
        19900503,
        19900500,
        None,
        19900503,
        None,
    ]


def test_columns_of_dates_are_read():
    kind = KINDS["date"]({})
    for days in (pl.Series("raw", [dt.date(1990, 5, 3), None]), pl.Series("raw", [dt.datetime(1990, 5, 3, 8), None])):
        assert days.to_frame().select(kind.value(pl.col("raw"))).to_series().to_list() == [19900503, None]


@pytest.mark.parametrize(("left", "right", "level"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_level(level_of, left, right, level):
    assert level_of("date", left, right) == level
