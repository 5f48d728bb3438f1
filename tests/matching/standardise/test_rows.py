"""What a whole row, or all rows of a unit, tell about a number."""

import polars as pl
import pytest

from contracts import received
from matching.standardise import standardise

UNIT = "UBND phường An Phú"


def dossiers(rows):
    contract = received()["dossier"]
    frame = pl.DataFrame(rows).select(
        *(pl.col(name) if name in rows else pl.lit(None, pl.String).alias(name) for name in contract.names)
    )
    return standardise(frame.lazy(), contract).collect()


def proposal(number, *, born="12/03/1995", sex="Nam"):
    rows = {"owner_name": ["Lê An"], "owner_number": [number], "owner_birth_date": [born], "owner_sex": [sex]}
    return dossiers(rows)["owner_number__proposal"][0]


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("074905001234", "074095001234"),
        ("074059001234", "074095001234"),
        ("174095001234", "074095001234"),
        ("074085001234", "074095001234"),
        ("074195001234", "074095001234"),
    ],
    ids=["sex and year swapped", "year swapped", "a digit of the province", "another year", "the other sex"],
)
def test_a_slip_in_a_citizen_id_is_proposed_from_sex_and_birth_year(number, meant):
    assert proposal(number) == meant


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("074095001234", "12/03/1995", "Nam"),
        ("074905001234", None, "Nam"),
        ("074905001234", "12/03/1995", None),
        ("074384001234", "12/03/1995", "Nam"),
        ("074905001234", "12/03/1800", "Nam"),
        ("704095001234", "12/03/1995", "Nam"),
    ],
    ids=["nothing is wrong", "no birth date", "no sex", "more than a slip", "born too early", "074 and 004 fit"],
)
def test_nothing_is_proposed_without_a_reason(number, born, sex):
    assert proposal(number, born=born, sex=sex) is None


def test_the_number_itself_stays_beside_its_proposal():
    rows = {"owner_name": ["Lê An"], "owner_number": ["074905001234"], "owner_birth_date": ["1995"], "owner_sex": ["1"]}
    assert dossiers(rows)["owner_number__std"].to_list() == ["074905001234"]


def shared(names, number="074095001234", units=None):
    units = units or [UNIT] * len(names)
    return dossiers({"owner_name": names, "owner_number": [number] * len(names), "processing_unit": units})


FOUR = ["Lê An", "Trần Văn Bé", "Phạm Thị Cúc", "Ngô Minh Dũng"]


def test_a_number_on_four_names_of_one_unit_is_a_placeholder():
    told = shared(FOUR).select("owner_number__std", "owner_number__kind", "owner_number__problem").unique()
    assert told.rows() == [(None, "placeholder", "shared_number")]


@pytest.mark.parametrize(
    "names",
    [FOUR[:3], ["Lê Văn An", "LE VAN AN", "An Lê Văn", "Lê V. An", "L.V.An"], [None] * 5],
    ids=["three names", "spellings of one name", "no names"],
)
def test_a_number_on_fewer_names_is_a_number(names):
    assert shared(names)["owner_number__kind"].unique().to_list() == ["citizen_id"]


def test_units_are_counted_apart():
    assert shared(FOUR, units=["A", "A", "B", "B"])["owner_number__kind"].unique().to_list() == ["citizen_id"]


def test_a_tax_code_whose_check_digit_fits_is_never_shared():
    assert shared(FOUR, number="0100233488")["owner_number__kind"].unique().to_list() == ["tax_code"]


@pytest.mark.parametrize(
    ("number", "fits"), [("0100233488", True), ("0100233480", False), ("0100233488-001", True), ("281761255", None)]
)
def test_a_tax_code_says_whether_its_check_digit_fits(number, fits):
    assert dossiers({"owner_number": [number]})["owner_number__has_check_digit"].to_list() == [fits]


def test_head_office_and_branch_share_a_core_but_not_the_mark():
    told = dossiers({"owner_name": ["CÔNG TY TNHH MINH ANH", "CHI NHÁNH CÔNG TY TNHH MINH ANH"]})
    assert told["owner_name__core"].n_unique() == 1
    assert told["owner_name__is_branch"].to_list() == [False, True]
