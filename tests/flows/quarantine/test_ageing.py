"""Deadlines: 5 days to verify, 5 to correct, counted as the setting says."""

import datetime as dt

import polars as pl
import pytest

from flows.quarantine.ageing import aged, as_summary, deadline
from flows.settings import QuarantineTerms

FIRST = dt.datetime(2026, 11, 20, 23, 30)
"""A Friday, late."""


def waiting(*units, until=None):
    frame = pl.DataFrame({"unit": units, "dataset": "death", "state": "open"}, schema_overrides={"unit": pl.String})
    moment = pl.lit(FIRST).cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Ho_Chi_Minh")
    return frame.with_columns(first_seen_at=moment, returned_until=pl.lit(until, pl.Date))


@pytest.mark.parametrize(
    ("day", "band"),
    [(20, "within_verify"), (25, "within_verify"), (26, "within_fix"), (30, "within_fix")],
)
def test_the_last_day_of_a_term_still_belongs_to_it(day, band):
    assert aged(waiting("A"), QuarantineTerms(), dt.date(2026, 11, day))["band"].to_list() == [band]


def test_a_row_is_overdue_from_the_day_after_its_term():
    told = aged(waiting("A"), QuarantineTerms(), dt.date(2026, 12, 1)).row(0, named=True)
    assert (told["band"], told["is_overdue"], told["age_days"]) == ("over", True, 11)


def test_working_days_leave_out_weekends_and_holidays():
    terms = QuarantineTerms(day_count="working", holidays=(dt.date(2026, 11, 24),))
    told = aged(waiting("A"), terms, dt.date(2026, 11, 27)).row(0, named=True)
    assert (told["verify_by"], told["fix_by"]) == (dt.date(2026, 11, 30), dt.date(2026, 12, 7))


def test_a_returned_row_has_the_deadline_it_was_given():
    told = aged(waiting("A", until=dt.date(2026, 12, 9)), QuarantineTerms(), dt.date(2026, 12, 5))
    assert told.select("fix_by", "is_overdue").row(0) == (dt.date(2026, 12, 9), False)


def test_a_complex_case_gets_the_longer_term():
    on = dt.date(2026, 11, 20)
    assert deadline(on, QuarantineTerms(), is_complex=False) == dt.date(2026, 11, 25)
    assert deadline(on, QuarantineTerms(), is_complex=True) == dt.date(2026, 12, 5)


def test_the_summary_counts_bands_and_units_that_add_up():
    told = as_summary(waiting("A", "A", None), QuarantineTerms(), dt.date(2026, 12, 1))
    assert (told["waiting"], told["over"], told["by_state"]) == (3, 3, {"open": 3})
    assert [(each["unit"], each["waiting"]) for each in told["units"]] == [("A", 2), ("?", 1)]


def test_nothing_waits_in_an_empty_quarantine():
    told = as_summary(waiting(), QuarantineTerms(), dt.date(2026, 12, 1))
    assert (told["waiting"], told["units"]) == (0, [])
