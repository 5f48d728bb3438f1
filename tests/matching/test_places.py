import polars as pl
import pytest

from matching.keys import address
from matching.linkages.home import ADDRESS, COMMUNE
from matching.places import address_level, commune_level


def _level(left, right):
    written = pl.DataFrame(
        {"left_address": [left], "right_address": [right]}, schema_overrides={"left_address": pl.String}
    )
    return address_level(written.with_columns(address(pl.all())), "right_address").item()


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("số nhà 297/34, đường D2, KP12", "Số 297/34, đường D2, Khu phố 12", "same"),
        ("414/18 KP 2", "414/18 Khu phố 2", "same"),
        ("SN 34/23, tổ 29, KP 8", "Số 34/23 đường Lê Chí Dân", "house"),
        ("tổ 5, ấp 6", "Tổ 5, Ấp 6", "group"),
        ("tổ 9, ấp 6", "Tổ 5, Ấp 6", "hamlet"),
        ("Số 12, đường Lê Chí Dân", "Số 40, đường Lê Chí Dân", "shared"),
        ("414/18 KP 2", "414/18 Khu phố 3", "different"),
        ("tổ 5, ấp 6", "Tổ 5, Ấp 7", "different"),
    ],
)
def test_two_addresses_agree_on_the_level(left, right, level):
    assert _level(left, right) == ADDRESS.code(level)


@pytest.mark.parametrize("left", [None, "", "chợ"])
def test_an_address_with_nothing_to_compare_has_no_level(left):
    assert _level(left, "Tổ 5, Ấp 6") is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("25747 25750", "25750", "same"),
        ("25750", "25942", "province"),
        ("25750", "00004", "different"),
    ],
)
def test_two_places_agree_on_the_level(left, right, level):
    wide = pl.DataFrame(
        {"left_communes": [left], "left_province": [None], "right_communes": [right], "right_province": [None]},
        schema_overrides={"left_province": pl.String, "right_province": pl.String},
    )
    assert commune_level(wide).to_list() == [COMMUNE.code(level)]


def test_a_place_that_is_not_known_has_no_level():
    columns = ["left_communes", "left_province", "right_communes", "right_province"]
    assert commune_level(
        pl.DataFrame([dict.fromkeys(columns)], schema=dict.fromkeys(columns, pl.String))
    ).to_list() == [None]
