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


@pytest.mark.parametrize(
    ("dataset", "row", "column"),
    [
        ("dossier", {"owner_number": "074195001234", "owner_sex": "Nam"}, "owner_number"),
        ("birth", {"child_citizen_id": "074195001234", "child_sex": "Nam"}, "child_citizen_id"),
        ("birth", {"father_id_number": "074195001234"}, "father_id_number"),
        ("marriage", {"wife_citizen_id": "074095001234"}, "wife_citizen_id"),
        ("death", {"deceased_paper_number": "074195001234", "deceased_sex": "1"}, "deceased_paper_number"),
        ("population", {"citizen_id": "074195001234", "sex": "1"}, "citizen_id"),
    ],
)
def test_a_citizen_id_is_held_against_the_sex_in_every_dataset_that_tells_it(dataset, row, column):
    contract = received()[dataset]
    frame = pl.DataFrame([dict.fromkeys(contract.names) | row], schema=dict.fromkeys(contract.names, pl.String))
    assert standardise(frame.lazy(), contract).collect()[f"{column}__contradiction"].to_list() == ["sex"]


def test_a_tax_code_contradicts_nobody():
    assert dossiers({"owner_number": ["0100233488"], "owner_sex": ["2"]})["owner_number__contradiction"][0] is None


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


def test_a_number_that_one_unit_writes_for_everybody_is_a_number_in_another():
    told = shared([*FOUR, "Đỗ Thị Em"], units=["A"] * 4 + ["B"])
    assert told["owner_number__problem"].to_list() == ["shared_number"] * 4 + [None]


def test_a_placeholder_has_no_proposal_and_contradicts_nobody():
    told = shared(FOUR, number="74095001234")
    forms = ("kind", "proposal", "proposal_repair", "contradiction")
    assert told.select(f"owner_number__{form}" for form in forms).unique().rows() == [("placeholder", None, None, None)]


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
