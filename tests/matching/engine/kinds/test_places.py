"""Communes and addresses, before and since the reform."""

import polars as pl
import pytest

from matching.standardise.units.change import code_meanings

OLD = "Phường Bến Nghé, Quận 1, TP Hồ Chí Minh"
NEW = "Phường Sài Gòn, TP Hồ Chí Minh"


def test_an_old_commune_is_the_new_one_that_it_became(level_of):
    assert level_of("place", OLD, NEW) == "exact"


def test_a_code_is_the_commune_that_it_names(level_of):
    assert level_of("place", "26740", NEW) == "exact"


def test_another_house_of_the_commune_is_in_the_same_commune(level_of):
    assert level_of("place", f"12 Lê Lợi, {OLD}", f"7 Đồng Khởi, {NEW}") == "commune"


def test_a_commune_that_was_split_may_be_either_part(levels_of):
    meanings = code_meanings().filter((pl.col("old").list.len() == 2) & pl.col("new").is_null())
    split = meanings.row(0, named=True)
    pairs = [(split["code"], part) for part in split["old"]]
    assert levels_of("place", pairs, unit="commune") == ["commune", "commune"]


def test_a_commune_lies_in_its_province(level_of):
    assert level_of("place", OLD, "79") == "province"


def test_an_old_province_is_the_new_one_that_it_went_into(level_of):
    assert level_of("place", "74", "79") == "exact"


def test_communes_of_two_provinces_are_different(level_of):
    assert level_of("place", OLD, "01") == "different"


@pytest.mark.parametrize("text", ["12 Lê Lợi", "760", "n/a"])
def test_what_names_no_unit_says_nothing(values_of, text):
    assert values_of("place", text) == [None]


def test_codes_that_lost_their_zeros_are_found_where_the_column_is_of_communes(values_of):
    assert values_of("place", "4", unit="commune") == values_of("place", "00004")
    assert values_of("place", "4", unit="province") == values_of("place", "04")
