"""The core of an enterprise's name."""

import polars as pl
import pytest

from matching.standardise.organisations import core


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("cong ty tnhh mtv san xuat xuat nhap khau thien hung van", "thien hung van"),
        ("cty cp go sndh", "go sndh"),
        ("c ty t n h h minh anh", "minh anh"),
        ("dong il co.,ltd", "dong il"),
        ("taiwan paper company limited", "taiwan paper"),
        ("chi nhanh cong ty tnhh a sai", "a sai"),
        ("cong ty tnhh", "cong ty tnhh"),
        ("hop tac xa thuong mai dich vu long mien", "long mien"),
        ("connectcn", "connectcn"),
        ("", ""),
    ],
)
def test_the_core_is_what_remains_without_form_and_common_words(key, expected):
    assert core(pl.Series([key]))[0] == expected


def test_nothing_has_no_core():
    assert core(pl.Series([None], dtype=pl.String)).to_list() == [None]
