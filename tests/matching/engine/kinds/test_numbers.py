"""Amounts, prices and measures."""

import polars as pl
import pytest

from matching.engine.kinds import KINDS
from matching.errors import SpecError

READ = [
    ("12", 12.0),
    ("12.5", 12.5),
    ("12,5", 12.5),
    ("-5", -5.0),
    ("1e3", 1000.0),
    ("1,299", 1299.0),
    ("1,299.00", 1299.0),
    ("1.299,50", 1299.5),
    ("1.299.000", 1299000.0),
    ("1.299", 1.299),
    ("1 299 000", 1299000.0),
    ("$12.5", 12.5),
    ("- 12 đ", -12.0),
    ("1.299.000 VNĐ", 1299000.0),
    ("USD 45", 45.0),
    ("1,299,00", None),
    ("12.34.56", None),
    ("12 5", None),
    ("12%", None),
    ("12 kg", None),
    ("nan", None),
    ("inf", None),
    ("", None),
]
LOCAL = [("1.299", 1299.0), ("1,299", 1.299), ("12.5", 12.5), ("1.299.000,5", 1299000.5), ("12,50", 12.5)]
SHARES = [
    ("100.05", "within_0.1"),
    ("101", "within_1"),
    ("104", "within_5"),
    ("119", "within_20"),
    ("150", "different"),
]


@pytest.mark.parametrize(("text", "number"), READ)
def test_text_is_read(values_of, text, number):
    assert values_of("number", text) == [number]


@pytest.mark.parametrize(("text", "number"), LOCAL)
def test_text_is_read_with_a_decimal_comma(values_of, text, number):
    assert values_of("number", text, decimal=",") == [number]


def test_columns_of_numbers_are_read():
    kind = KINDS["number"]({})
    raw = pl.DataFrame({"raw": [1, None, 3]})
    assert raw.select(kind.value(pl.col("raw"))).to_series().to_list() == [1.0, None, 3.0]


def test_zero_has_no_sign(values_of):
    assert str(values_of("number", "-0")[0]) == "0.0"


@pytest.mark.parametrize(("other", "level"), SHARES)
def test_tolerance_is_a_share_of_the_larger_number(level_of, other, level):
    assert level_of("number", "100", other) == level


def test_tolerance_may_be_an_amount(levels_of):
    pairs = [("1.0", "1.1"), ("10", "15"), ("10", "15.1")]
    assert levels_of("number", pairs, absolute=[0.1, 5]) == ["within_0.1", "within_5", "different"]


def test_signs_that_differ_are_different(level_of):
    assert level_of("number", "5", "-5", tolerances=[0.5]) == "different"


def test_both_ways_of_tolerance_at_once_are_refused():
    with pytest.raises(SpecError, match="absolute must be given without tolerances"):
        KINDS["number"]({"absolute": [1], "tolerances": [0.1]})


def test_vietnamese_sentences_have_a_decimal_comma():
    assert KINDS["number"]({"tolerances": [0.001]}).levels[1].vi == "lệch không quá 0,1 %"
