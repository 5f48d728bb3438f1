"""Evidence beyond the pair: what the links of parents, spouses and children, and the household, say of a record."""

import polars as pl
import pytest

import matching

CHILD = {"full_name": "LÊ QUANG MINH", "sex": "1", "birth_date": "20150607", "mother_name": "PHẠM THỊ MAI"}
REGISTER = [
    {"citizen_id": "074187000004", "full_name": "PHẠM THỊ MAI", "sex": "2", "birth_date": "19870301"},
    {"citizen_id": "079187000013", "full_name": "PHẠM THỊ MAI", "sex": "2", "birth_date": "19871120"},
    {"citizen_id": "074215000011", **CHILD, "mother_citizen_id": "074187000004"},
    {"citizen_id": "079215000012", **CHILD},
    {"citizen_id": "074160000020", "full_name": "VÕ VĂN TƯ", "sex": "1", "birth_date": "19600505"},
    {
        "citizen_id": "074195000021",
        "full_name": "HUỲNH GIA BẢO",
        "sex": "1",
        "birth_date": "19950815",
        "head_citizen_id": "074160000020",
    },
]
REGISTER[4]["head_citizen_id"] = "074160000020"
BIRTH = {
    "child_name": "Lê Quang Minh",
    "child_birth_date": "07/06/2015",
    "mother_name": "Phạm Thị Mai",
    "mother_birth_date": "01/03/1987",
}


@pytest.fixture(scope="module")
def population(standard):
    return {"population": standard("population", REGISTER).collect().lazy()}


@pytest.fixture
def decide(standard, population):
    """The decision on one role of one record."""

    def decided(dataset, role, **fields):
        row = {"number": "1", "dossier_code": "H09.01-261120-0001", **fields}
        decisions = matching.link({dataset: standard(dataset, [row])}, population)
        return decisions.row(by_predicate=pl.col("role") == role, named=True)

    return decided


def test_a_mother_who_is_linked_tells_her_child_from_a_namesake(decide):
    child = decide("birth", "child", **BIRTH)
    assert (child["status"], child["reference_id"]) == ("linked", "074215000011")
    assert child["reason"] == "relatives_and_name"
    assert '"mother":["number"' in child["evidence"]


def test_a_mother_who_is_not_linked_says_nothing(decide):
    child = decide("birth", "child", **{**BIRTH, "mother_birth_date": None})
    assert (child["status"], child["reason"]) == ("review", "close_runner_up")


def test_a_child_who_is_linked_tells_its_mother_from_a_namesake(decide):
    said = {**BIRTH, "mother_birth_date": None}
    mother = decide("birth", "mother", **said, child_citizen_id="074215000011")
    assert (mother["status"], mother["reference_id"]) == ("linked", "074187000004")


def test_parents_alone_never_make_a_child_of_another_name_theirs(decide):
    child = decide("birth", "child", **{**BIRTH, "child_name": "Lê Ngọc Hân", "child_birth_date": "02/03/2024"})
    assert child["status"] == "not_found"


def test_a_number_of_the_same_household_explains_itself(decide):
    said = {"owner_name": "Huỳnh Gia Bảo", "owner_birth_date": "15/08/1995", "owner_number": "074160000020"}
    owner = decide("dossier", "owner", **said)
    assert (owner["status"], owner["reference_id"], owner["reason"]) == ("linked", "074195000021", "proxy_identifier")
    assert '"number":["household"' in owner["evidence"]


def test_a_name_beside_a_number_of_the_household_is_not_enough(decide):
    owner = decide("dossier", "owner", owner_name="Huỳnh Gia Bảo", owner_number="074160000020")
    assert owner["status"] == "review"


def test_parents_who_are_not_those_of_the_register_speak_against_a_child(decide):
    said = {"child_name": "Lê Quang Minh", "child_birth_date": "07/06/2015", "child_sex": "1"}
    child = decide("birth", "child", **said, mother_name="Đoàn Thu Hà")
    assert child["status"] == "review"
