"""The day of the newest delivery of a dataset, by the names of the deliveries of its sources."""

from datetime import date

import polars as pl
import pytest

from flows.delivery_days import day_of, newest
from flows.receipt import Receipt


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20-again", date(2026, 11, 20)),
        ("2026-13-45", None),
        ("week-47", None),
        ("", None),
    ],
)
def test_a_day_is_read_from_the_beginning_of_a_name_that_has_one(name, day):
    assert day_of(name) == day


def test_the_newest_accepted_delivery_counts_even_where_it_brought_no_new_row():
    held = {"birth": pl.LazyFrame({"_delivery_id": ["books/2026-11-01", "archive/old"]})}
    before = [("books/2026-11-01", "f"), ("books/2026-11-05", "f"), ("other/2026-12-01", "f")]
    tonight = [
        Receipt("books/2026-11-06", "books", "delta", "f", "accepted"),
        Receipt("books/2026-11-07", "books", "delta", "f", "refused"),
    ]
    assert newest(held, before, tonight) == {"birth": date(2026, 11, 6)}


def test_of_sources_without_days_nothing_is_said():
    assert newest({"birth": pl.LazyFrame({"_delivery_id": ["archive/old"]})}, [("archive/old", "f")], []) == {}
