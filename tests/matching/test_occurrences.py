"""Whom a record names apart from any register: what surely is the same one shares a key."""

import polars as pl
import pytest

from matching.mentions import mentions
from matching.occurrences import occurrences
from matching.schemas import RECORDS
from tests.matching.conftest import standard

HUNG = {"owner_name": "Nguyễn Văn Hùng", "owner_number": "074090000001", "owner_birth_date": "12/04/1990"}
NAMELESS = {"owner_name": None, "owner_number": None, "owner_birth_date": None}
WITH_CMND = HUNG | {"owner_number": "280123456"}
COMPANY = {"owner_name": "Công ty TNHH Gỗ Thiên Hưng Vạn", "owner_number": "0100233488", "owner_type": "2"}


def records(*rows):
    coded = [{"dossier_code": f"H09.01-261120-{at:04}", **row} for at, row in enumerate(rows, 1)]
    return mentions({"dossier": standard("dossier", coded)})


def keys(*rows):
    return occurrences(records(*rows))["key"].to_list()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="everything equal"),
        pytest.param({"owner_name": "NGUYEN VAN HUNG"}, id="without accents"),
        pytest.param({"owner_name": "Hùng Nguyễn Văn"}, id="in another order"),
        pytest.param({"owner_birth_date": None}, id="without a birth date, for the number tells the year"),
        pytest.param({"owner_birth_date": "1990"}, id="with the year alone"),
    ],
)
def test_the_same_citizen_id_and_name_is_one_person(other):
    first, second = keys(HUNG, HUNG | other)
    assert first == second


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"owner_name": "Nguyễn Văn Dũng"}, id="another name"),
        pytest.param({"owner_name": "Hùng"}, id="a given name alone"),
        pytest.param({"owner_birth_date": "12/04/1991"}, id="a year that the number contradicts"),
        pytest.param({"owner_sex": "2"}, id="a sex that the number contradicts"),
        pytest.param({"owner_number": None}, id="no number"),
        pytest.param({"owner_number": "074090000002"}, id="another number"),
    ],
)
def test_less_than_that_may_be_another(other):
    first, second = keys(HUNG, HUNG | other)
    assert second != first


def test_two_records_without_number_are_two_persons():
    first, second = keys(HUNG | {"owner_number": None}, HUNG | {"owner_number": None})
    assert first != second


def test_a_cmnd_counts_with_name_and_birth_year_only():
    first, second, undated = keys(WITH_CMND, WITH_CMND, WITH_CMND | {"owner_birth_date": None})
    assert first == second
    assert undated.startswith("record|")


def test_a_tax_code_with_a_right_check_digit_and_the_name_is_one_enterprise():
    one, same, wrong, other = keys(
        COMPANY,
        COMPANY | {"owner_name": "CTY TNHH gỗ Thiên Hưng Vạn"},
        COMPANY | {"owner_number": "0100233480"},
        COMPANY | {"owner_name": "Công ty TNHH Bình An"},
    )
    assert one == same
    assert len({one, wrong, other}) == 3


def test_who_is_not_named_does_not_occur():
    assert keys(NAMELESS) == []
    assert occurrences(RECORDS.to_frame()).is_empty()


def test_the_order_of_rows_changes_nothing():
    some = records(HUNG, WITH_CMND, COMPANY)
    assert occurrences(some).height == 3
    assert occurrences(some).equals(occurrences(some.reverse()))


def test_the_day_is_that_of_the_record():
    found = occurrences(records(HUNG | {"received_at": "20/11/2026"}))
    assert found["about_on"].cast(pl.String).to_list() == ["2026-11-20"]
