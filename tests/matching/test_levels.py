from datetime import date

import polars as pl
import pytest

from matching.dates import birth_level
from matching.keys import unaccented
from matching.linkages.enterprise import ENTERPRISE
from matching.linkages.person import BIRTH, NAME, PERSON
from matching.names import compare_names
from matching.numbers import has_check_digit, one_slip_away


@pytest.mark.parametrize("field", [*PERSON, *ENTERPRISE], ids=lambda field: field.name)
def test_every_level_says_what_it_means_and_means_something_of_its_own(field):
    for meanings in ([each.meaning for each in field.levels], [each.meaning_vi for each in field.levels]):
        assert all(meanings)
        assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("field", [*PERSON, *ENTERPRISE], ids=lambda field: field.name)
def test_the_codes_of_levels_fall_from_best_to_worst(field):
    codes = [level.code for level in field.levels]
    assert codes == sorted(set(codes), reverse=True)


@pytest.mark.parametrize("fields", [PERSON, ENTERPRISE], ids=["person", "enterprise"])
def test_every_field_is_called_something_of_its_own_in_both_languages(fields):
    for titles in ([each.meaning for each in fields], [each.meaning_vi for each in fields]):
        assert all(titles)
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("fields", [PERSON, ENTERPRISE], ids=["person", "enterprise"])
def test_a_level_can_be_told_without_its_field_because_no_two_fields_share_a_meaning(fields):
    for meanings in (
        [level.meaning for field in fields for level in field.levels],
        [level.meaning_vi for field in fields for level in field.levels],
    ):
        assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("nguyễn văn hùng", "nguyễn văn hùng", "exact"),
        ("nguyen van hung", "nguyễn văn hùng", "unaccented"),
        ("nguyễn van hùng", "nguyễn văn hùng", "unaccented"),
        ("nguyển văn hùng", "nguyễn văn hùng", "unaccented"),
        ("nguyễnvăn hùng", "nguyễn văn hùng", "near"),
        ("nguyễn văn hừng", "nguyễn văn hùng", "near"),
        ("nguyễn văn hùg", "nguyễn văn hùng", "near"),
        ("hoàng thu nga", "huỳnh thu nga", "near"),
        ("lý thị mỹ", "lí thị mĩ", "near"),
        ("hùng nguyễn văn", "nguyễn văn hùng", "reordered"),
        ("lê tuấn bảo", "lê bảo tuấn", "different"),
        ("l v bé", "lê văn bé", "initials"),
        ("nguy?n v?n h?ng", "nguyễn văn hùng", "damaged"),
        ("?guyễn văn hùn?", "nguyễn văn hùng", "damaged"),
        ("?gu?ễn yến nhị", "nguyễn phạm kim mai", "different"),
        ("nguyễn hùng", "nguyễn văn hùng", "subset"),
        ("trần văn hùng", "nguyễn thị hùng", "given"),
        ("trần văn hùng", "nguyễn thị lan", "different"),
    ],
)
def test_two_names_agree_on_the_level(left, right, level):
    pairs = pl.DataFrame(
        {
            "a_form": [left],
            "a_words": [_unaccented(left)],
            "b_form": [right],
            "b_words": [_unaccented(right)],
        }
    )
    assert compare_names(pairs, "a", "b")["level"].item() == NAME.code(level)


def _unaccented(text: str) -> str:
    return pl.select(unaccented(pl.lit(text))).item()


@pytest.mark.parametrize(
    ("left", "precision", "alt", "right", "level"),
    [
        (date(1990, 4, 12), "day", date(1990, 12, 4), date(1990, 4, 12), "exact"),
        (date(1990, 4, 12), "day", date(1990, 12, 4), date(1990, 12, 4), "swapped"),
        (date(1990, 1, 1), "year", None, date(1990, 4, 12), "year"),
        (date(1990, 1, 1), "day", None, date(1990, 4, 12), "year"),
        (date(1990, 4, 13), "day", None, date(1990, 4, 12), "slip"),
        (date(1990, 4, 21), "day", None, date(1990, 4, 12), "slip"),
        (date(1978, 4, 12), "day", None, date(1990, 4, 12), "day_month"),
        (date(1990, 7, 30), "day", None, date(1990, 4, 12), "same_year"),
        (date(1991, 1, 1), "year", None, date(1990, 4, 12), "near_year"),
        (date(1962, 7, 30), "day", None, date(1990, 4, 12), "different"),
    ],
)
def test_two_birth_dates_agree_on_the_level(left, precision, alt, right, level):
    pair = pl.DataFrame(
        {
            "l_birth_date": [left],
            "l_birth_precision": [precision],
            "l_birth_alt": pl.Series([alt], dtype=pl.Date),
            "r_birth_date": [right],
            "r_birth_precision": ["day"],
        }
    )
    assert pair.select(birth_level("l_", "r_")).item() == BIRTH.code(level)


def test_a_name_that_lost_most_of_its_letters_says_nothing():
    pairs = pl.DataFrame(
        {"a_form": ["??? ?gh??"], "a_words": ["??? ?gh??"], "b_form": ["vì trọng tài"], "b_words": ["vi trong tai"]}
    )
    assert compare_names(pairs, "a", "b")["level"].to_list() == [None]


def test_a_blank_side_has_no_level():
    pairs = pl.DataFrame(
        {"a_form": [None], "a_words": [None], "b_form": ["lê lan"], "b_words": ["le lan"]},
        schema_overrides={"a_form": pl.String, "a_words": pl.String},
    )
    assert compare_names(pairs, "a", "b")["level"].to_list() == [None]


@pytest.mark.parametrize("slip", ["074090000002", "074090000010", "07409000001", "0740900000011"])
def test_one_slip_is_undone(slip):
    assert "074090000001" in one_slip_away(pl.Series([slip]), (9, 12))["variant"]


@pytest.mark.parametrize(
    ("number", "is_code"),
    [
        ("0100233488", True),
        ("0100233480", False),
        ("0100233488001", True),
        ("0905034858", False),
        ("074090000001", False),
    ],
)
def test_a_tax_code_carries_its_check_digit(number, is_code):
    assert pl.select(has_check_digit(pl.lit(number))).item() is is_code


def test_all_numbers_one_slip_away_are_made_and_no_other():
    number, digits = "07409012", "0123456789"
    places = range(len(number))
    wrong = {number[:at] + digit + number[at + 1 :] for at in places for digit in digits}
    lost = {number[:at] + digit + number[at:] for at in range(len(number) + 1) for digit in digits}
    added = {number[:at] + number[at + 1 :] for at in places}
    swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in places[:-1]}
    every = (wrong | lost | added | swapped) - {number}
    for lengths in ((7,), (8,), (9,), (7, 8, 9)):
        found = one_slip_away(pl.Series([number]), lengths)["variant"].to_list()
        assert sorted(found) == sorted(each for each in every if len(each) in lengths)
