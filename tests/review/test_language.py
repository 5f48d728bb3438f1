"""Numbers, shares and times as each language writes them."""

import pytest

from review.report.language import EN, VI


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(0, "0", "0"), (999, "999", "999"), (1234567, "1.234.567", "1,234,567"), (None, "–", "–")]
)
def test_counts_are_grouped_by_thousands(value: int | None, vi: str, en: str) -> None:
    assert (VI.integer(value), EN.integer(value)) == (vi, en)


def test_decimals_take_a_comma_in_vietnamese_and_a_point_in_english() -> None:
    assert (VI.decimal(1234.56), EN.decimal(1234.56)) == ("1.234,6", "1,234.6")


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 10, "0%"), (10, 10, "100%"), (99999, 100000, "99.9%"), (1, 100000, "<0.1%"), (1, 3, "33.3%"), (1, 0, "–")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int, share: str) -> None:
    assert EN.share(part, whole) == share


@pytest.mark.parametrize(("value", "text"), [(5, "+5"), (-1200, "−1,200"), (0, "±0"), (0.3, "±0"), (None, "–")])
def test_a_difference_carries_its_sign(value: float | None, text: str) -> None:
    assert EN.signed(value) == text


def test_a_moment_is_written_out_and_other_text_is_left_alone() -> None:
    assert VI.moment("2026-11-21T01:00:00+07:00") == "01:00 ngày 21/11/2026"
    assert EN.moment("2026-11-21T01:00:00+07:00") == "21 Nov 2026, 01:00"
    assert EN.moment("last night") == "last night"
    assert EN.moment("") == "–"


@pytest.mark.parametrize(("seconds", "text"), [(0.84, "0.8 s"), (119, "119.0 s"), (185, "3 min 05 s"), (None, "–")])
def test_long_spans_are_told_in_minutes(seconds: float | None, text: str) -> None:
    assert EN.seconds(seconds) == text
