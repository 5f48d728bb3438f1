import polars as pl
import pytest

import matching


@pytest.fixture
def company(one):
    return lambda **fields: one(owner_type="2", **fields)


@pytest.mark.parametrize(
    ("fields", "reference_id", "reason"),
    [
        pytest.param(
            {"owner_number": "3700000004", "owner_name": "Cty TNHH gỗ Thiên Hưng Vạn"},
            "3700000004",
            "identifier_and_name",
            id="tax code and name",
        ),
        pytest.param(
            {"owner_number": "3700000004001", "owner_name": "CN Cty TNHH Gỗ Thiên Hưng Vạn tại Thuận An"},
            "3700000004-001",
            "identifier_and_name",
            id="branch code without hyphen",
        ),
        pytest.param(
            {"owner_number": "3700000040", "owner_name": "CÔNG TY TNHH GỖ THIÊN HƯNG VẠN"},
            "3700000004",
            "repaired_identifier_and_name",
            id="tax code with two digits swapped",
        ),
        pytest.param(
            {"owner_number": "3700000004", "owner_name": "TRẦN THỊ LUYẾN"},
            "3700000004",
            "identifier_and_representative",
            id="the representative's name beside the tax code",
        ),
        pytest.param(
            {
                "owner_name": "CTY TNHH GO THIEN HUNG VAN",
                "owner_address": "So 12/3 duong Le Hong Phong, khu pho 2, P. Phu Loi",
                "owner_commune_code": "25750",
            },
            "3700000004",
            "weight_above_threshold",
            id="core name and address without a code",
        ),
    ],
)
def test_a_dossier_finds_its_enterprise_by(company, fields, reference_id, reason):
    decision = company(**fields)
    assert (decision["reference"], decision["status"], decision["reference_id"], decision["reason"]) == (
        "enterprise",
        "linked",
        reference_id,
        reason,
    )


def test_a_company_with_the_code_of_another_goes_to_review(company):
    decision = company(owner_number="3700000004", owner_name="CÔNG TY CỔ PHẦN THÉP ĐẠI NAM")
    assert (decision["status"], decision["reason"]) == ("review", "identifier_contradicted")


def test_a_state_body_is_in_neither_register(one):
    decision = one(owner_type="3", owner_name="UBND phường Phú Lợi")
    assert (decision["status"], decision["reason"]) == ("unlinkable", "not_person_nor_enterprise")


def test_a_citizen_typed_as_enterprise_is_sought_among_persons(company):
    decision = company(owner_number="074090000001", owner_name="Nguyễn Văn Hùng", owner_birth_date="12/04/1990")
    assert (decision["reference"], decision["status"]) == ("population", "linked")


def test_a_surname_that_sounds_like_an_institution_is_a_person(one):
    decision = one(owner_name="Trương Văn Phong", owner_birth_date="01/02/1980")
    assert decision["reference"] == "population"


def test_a_head_office_that_is_not_registered_is_not_its_branch(standard, registers):
    branches = registers["enterprise"].filter(pl.col("enterprise_code__std").str.contains("-"))
    asked = {"dossier_code": "H09.01-261120-0001", "owner_type": "2", "owner_number": "3700000004"}
    records = standard("dossier", [{**asked, "owner_name": "CÔNG TY TNHH GỖ THIÊN HƯNG VẠN"}])
    decisions = matching.link({"dossier": records}, {**registers, "enterprise": branches})
    assert decisions["status"].to_list() == ["review"]
