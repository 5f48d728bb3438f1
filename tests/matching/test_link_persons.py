import json

import polars as pl
import pytest


@pytest.mark.parametrize(
    ("fields", "reference_id", "reason"),
    [
        pytest.param(
            {"owner_number": "074090000001", "owner_name": "Nguyen Van Hung"},
            "074090000001",
            "identifier_and_name",
            id="identifier and name without accents",
        ),
        pytest.param(
            {"owner_number": "74090000001", "owner_name": "NGUYỄN VĂN HÙNG"},
            "074090000001",
            "repaired_identifier_and_name",
            id="identifier that lost its zero",
        ),
        pytest.param(
            {"owner_number": "074090000010", "owner_name": "NGUYỄN VĂN HÙNG", "owner_birth_date": "12/04/1990"},
            "074090000001",
            "repaired_identifier_and_name",
            id="identifier with two digits swapped",
        ),
        pytest.param(
            {"owner_number": "280123456", "owner_name": "Trần Thị Bích Ngọc"},
            "074190000002",
            "former_identifier_and_name",
            id="CMND",
        ),
        pytest.param(
            {"owner_number": "074084000003", "owner_name": "Lê Quang Đạo"},
            "074085000003",
            "former_identifier_and_name",
            id="number held before a re-issue",
        ),
        pytest.param(
            {"owner_number": "074090000001", "owner_name": "Hoàng Tuấn Kiệt", "owner_birth_date": "12/04/1990"},
            "074090000001",
            "identifier_and_birth_date",
            id="identifier and birth date under another name",
        ),
        pytest.param(
            {"owner_name": "Trần Thị Bích Ngọc", "owner_birth_date": "05/11/1990"},
            "074190000002",
            "name_and_birth_date_unique",
            id="name and birth date alone",
        ),
        pytest.param(
            {"owner_name": "Ngọc Bích Trần Thị", "owner_birth_date": "05/11/1990"},
            "074190000002",
            "name_and_birth_date_unique",
            id="surname behind the given name",
        ),
        pytest.param(
            {"owner_name": "Trần T. B. Ngọc", "owner_birth_date": "05/11/1990", "owner_commune_code": "25750"},
            "074190000002",
            "weight_above_threshold",
            id="initials, birth date and commune",
        ),
        pytest.param(
            {"owner_name": "Võ Thành Long", "owner_birth_date": "20/03/1970", "owner_sex": "Nam"},
            "074070000005",
            "weight_above_threshold",
            id="register knows the year only",
        ),
    ],
)
def test_a_dossier_finds_its_owner_by(one, fields, reference_id, reason):
    decision = one(**fields)
    assert (decision["status"], decision["reference_id"], decision["reason"]) == ("linked", reference_id, reason)


def test_someone_who_is_in_no_register_is_not_found(one):
    decision = one(owner_name="Huỳnh Ngọc Ẩn", owner_birth_date="01/02/1999", owner_number="089199123456")
    assert (decision["status"], decision["reason"], decision["reference_id"]) == ("not_found", "no_candidate", None)


def test_two_namesakes_born_the_same_day_go_to_review(one):
    decision = one(owner_name="Đinh Công Trứ", owner_birth_date="02/02/1980")
    assert (decision["status"], decision["reason"]) == ("review", "close_runner_up")


def test_an_identifier_tells_namesakes_apart(one):
    decision = one(owner_name="Đinh Công Trứ", owner_birth_date="02/02/1980", owner_number="079080000010")
    assert (decision["status"], decision["reference_id"]) == ("linked", "079080000010")


def test_an_identifier_of_somebody_else_is_never_linked(one):
    decision = one(owner_name="Huỳnh Ngọc Ẩn", owner_birth_date="01/02/1999", owner_number="074090000001")
    assert (decision["status"], decision["reason"]) == ("review", "identifier_contradicted")


def test_a_child_is_found_though_the_mother_gave_her_own_number(one):
    said = {"owner_name": "Lê Thảo Vy", "owner_birth_date": "07/06/2015", "owner_number": "074187000004"}
    decision = one(**said, owner_sex="2")
    assert (decision["status"], decision["reference_id"]) == ("linked", "074315000008")
    assert decision["reason"] == "proxy_identifier"


def test_the_sex_tells_whose_name_stands_beside_a_spouses_number(one):
    said = {"owner_name": "Lê Quang Đạo", "owner_number": "074187000004"}
    told = [one(**said, owner_sex=sex) for sex in ("1", "2", None)]
    assert [each["status"] for each in told] == ["linked", "review", "review"]
    assert told[0]["reference_id"] == "074085000003"


def test_another_day_of_the_same_year_is_another_person(one):
    decision = one(
        owner_name="Trần Thị Bích Ngọc", owner_birth_date="17/02/1990", owner_sex="2", owner_commune_code="25750"
    )
    assert decision["status"] == "review"


def test_the_number_of_who_hands_a_birth_in_is_the_fathers_if_the_names_agree(link):
    birth = {"child_name": "Võ Lan", "child_birth_date": "01/02/2024", "father_name": "Dinh Cong Tru"}
    births = [{**birth, "requester_name": "Đinh Công Trứ", "requester_id_number": "079080000010"}, birth]
    fathers = link(birth=births).filter(pl.col("role") == "father")
    assert fathers["status"].to_list() == ["linked", "review"]
    assert fathers["reference_id"][0] == "079080000010"


def test_twins_with_near_names_are_never_linked_on_the_name_alone(link):
    birth = {"child_birth_date": "07/06/2015", "mother_name": "Phạm Thị Mai", "father_name": "Lê Quang Đạo"}
    decisions = link(birth=[{**birth, "child_name": "Lê Quang Minl"}, {**birth, "child_name": "Lê Quang Minh"}])
    children = decisions.filter(pl.col("role") == "child")
    assert children["status"].to_list() == ["review", "review"]


def test_a_twin_is_not_linked_on_the_very_name_and_the_parents_who_are_the_others_too(link):
    parents = {"mother_name": "Phạm Thị Mai", "mother_id_number": "074187000004", "father_name": "Lê Quang Đạo"}
    decisions = link(birth=[{"child_name": "Lê Quang Minh", "child_birth_date": "07/06/2015", **parents}])
    child = decisions.row(by_predicate=pl.col("role") == "child", named=True)
    assert (child["status"], child["reason"], child["reference_id"]) == ("review", "twin", "074215000006")


def test_a_slip_in_the_number_of_either_twin_does_not_tell_which_of_them_is_meant(one):
    decision = one(owner_name="Lê Quang Minh", owner_birth_date="07/06/2015", owner_number="074215000005")
    assert (decision["status"], decision["reason"]) == ("review", "twin")


def test_the_sex_tells_a_brother_from_his_sister(one):
    said = {"owner_name": "Lê Thảo Vy", "owner_birth_date": "07/06/2015"}
    assert [one(**said, owner_sex=sex)["status"] for sex in ("2", None)] == ["linked", "review"]


def test_a_twin_with_a_number_is_linked(link):
    decisions = link(
        birth=[{"child_name": "Lê Quang Minh", "child_birth_date": "07/06/2015", "child_citizen_id": "074215000006"}]
    )
    child = decisions.row(by_predicate=pl.col("role") == "child", named=True)
    assert (child["status"], child["reference_id"]) == ("linked", "074215000006")


def test_a_mother_is_found_through_the_child_the_register_lists(link):
    decisions = link(
        birth=[{"child_name": "Lê Thảo Vy", "child_birth_date": "07/06/2015", "mother_name": "Pham Thi Mai"}]
    )
    mother = decisions.row(by_predicate=pl.col("role") == "mother", named=True)
    assert (mother["status"], mother["reference_id"]) == ("linked", "074187000004")


def test_a_father_who_is_not_named_is_unlinkable(link):
    decisions = link(
        birth=[{"child_name": "Lê Thảo Vy", "child_birth_date": "07/06/2015", "mother_name": "Phạm Thị Mai"}]
    )
    father = decisions.row(by_predicate=pl.col("role") == "father", named=True)
    assert (father["status"], father["reason"], father["reference"]) == ("unlinkable", "not_named", "population")


def test_a_withdrawn_record_is_unlinkable(one):
    decision = one(owner_number="074090000001", owner_name="Nguyễn Văn Hùng", _op="delete")
    assert (decision["status"], decision["reason"]) == ("unlinkable", "withdrawn")


def test_husband_and_wife_are_never_the_same_person(link):
    decisions = link(
        marriage=[
            {
                "husband_name": "Lê Quang Đạo",
                "husband_citizen_id": "074085000003",
                "wife_name": "Lê Quang Đạo",
                "wife_citizen_id": "074085000003",
            }
        ]
    )
    assert set(decisions["reason"]) == {"same_person_twice"}


def test_nobody_dies_twice(link):
    death = {
        "deceased_name": "Nguyễn Văn Hùng",
        "deceased_paper_number": "074090000001",
        "deceased_birth_date": "12/04/1990",
    }
    decisions = link(death=[death, death])
    assert decisions["reason"].to_list() == ["taken_by_another"] * 2


def test_the_death_that_clearly_fits_better_keeps_its_link(link):
    better = {
        "deceased_name": "Nguyễn Văn Hùng",
        "deceased_paper_number": "074090000001",
        "deceased_birth_date": "12/04/1990",
    }
    worse = {"deceased_name": "Nguyen V Hung", "deceased_birth_date": "12/04/1990"}
    decisions = link(death=[better, worse])
    assert decisions["status"].to_list() == ["linked", "review"]


def test_evidence_tells_levels_and_bits_but_no_names(one):
    decision = one(owner_number="074090000001", owner_name="Nguyen Van Hung", owner_birth_date="12/04/1990")
    evidence = json.loads(decision["evidence"])
    assert {field: level for field, (level, _) in evidence.items()} == {
        "name": "unaccented",
        "birth_date": "exact",
        "number": "own",
    }
    assert "hung" not in decision["evidence"].lower()


@pytest.fixture
def link_after_death(link):
    def linked(**dossier):
        """What becomes of a dossier beside the death of Nguyễn Văn Hùng on 3 February 2026."""
        dead = {
            "deceased_name": "Nguyễn Văn Hùng",
            "deceased_paper_number": "074090000001",
            "deceased_birth_date": "12/04/1990",
            "death_date": "03/02/2026",
        }
        decisions = link(death=[dead], dossier=[{"owner_name": "Nguyễn Văn Hùng"} | dossier])
        return decisions.row(by_predicate=pl.col("role") == "owner", named=True)

    return linked


def test_a_dossier_in_the_name_of_someone_who_had_died_goes_to_a_steward(link_after_death):
    decision = link_after_death(owner_birth_date="1990", received_at="05/06/2026")
    assert (decision["status"], decision["reason"]) == ("review", "dead_before_event")


def test_a_dossier_from_before_the_death_is_linked(link_after_death):
    decision = link_after_death(owner_birth_date="1990", received_at="05/06/2025")
    assert decision["status"] == "linked"


def test_the_number_of_someone_who_had_died_still_says_who_is_meant(link_after_death):
    decision = link_after_death(owner_number="074090000001", received_at="05/06/2026")
    assert (decision["status"], decision["reason"]) == ("linked", "identifier_and_name")
