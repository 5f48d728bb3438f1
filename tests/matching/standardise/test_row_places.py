"""What a row tells about a commune code that was used again in July 2025."""

import polars as pl
import pytest

from contracts import received
from matching.standardise import standardise

OLD, NEW, BOTH = ("old", ["25969", "25975"]), ("new", ["25969"]), ("ambiguous", ["25969", "25975"])
"""25969 was Bình Chuẩn, since split between Thuận Giao and An Phú, and is Thuận Giao."""


def told(dataset, prop, rows):
    contract = received()[dataset]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.names, pl.String))
    result = standardise(frame.lazy(), contract).collect()
    return result.select(f"{prop}__unit_form", f"{prop}__unit_candidates").rows()


def dossier(code="25969", received_at=None, address=None):
    return {"owner_commune_code": code, "received_at": received_at, "owner_address": address}


def meant(**row):
    return told("dossier", "owner_commune_code", [dossier(**row)])[0]


@pytest.mark.parametrize(
    ("received_at", "meaning"),
    [("30/06/2025 23:59", OLD), ("01/07/2025 00:00", BOTH), ("05/11/2026 08:00", BOTH), (None, BOTH)],
)
def test_a_code_written_before_the_reform_is_the_old_unit_and_a_later_one_may_be_either(received_at, meaning):
    assert meant(received_at=received_at) == meaning


@pytest.mark.parametrize(
    ("address", "meaning"),
    [
        ("KP 2, P. Bình Chuẩn, TP. Thuận An, Bình Dương", OLD),
        ("Số 5, phường Bình Chuẩn, TP.HCM", OLD),
        ("phường Thuận Giao, TP.HCM", NEW),
        ("phường Thuận Giao, TP. Thuận An, Bình Dương", NEW),
        ("phường An Phú, TP.HCM", OLD),
        ("phường Dĩ An, TP.HCM", BOTH),
        ("phường Hiệp Thành, TP.HCM", BOTH),
        ("Số 5, đường số 3", BOTH),
    ],
    ids=[
        "the old unit",
        "the old unit in the new province",
        "the new unit",
        "the name of the new unit in the old province",
        "a new unit that took in a part of the old one",
        "another unit",
        "one of several units",
        "no unit",
    ],
)
def test_the_commune_of_the_address_decides_what_a_later_code_means(address, meaning):
    assert meant(received_at="05/11/2026 08:00", address=address) == meaning


def test_the_name_in_the_address_comes_before_the_date():
    assert meant(received_at="05/11/2024 08:00", address="phường Thuận Giao, TP.HCM") == NEW


def test_a_date_comes_before_a_commune_that_is_neither():
    assert meant(received_at="05/11/2024 08:00", address="phường Dĩ An, TP. Dĩ An, Bình Dương") == OLD


@pytest.mark.parametrize(
    ("code", "meaning"), [("25963", ("old", ["25978"])), ("99999", (None, [])), (None, (None, []))]
)
def test_a_code_with_one_meaning_or_none_needs_no_row(code, meaning):
    assert meant(code=code, received_at="05/11/2026 08:00", address="phường Thuận Giao, TP.HCM") == meaning


def test_an_enterprise_is_told_by_the_address_of_its_office_alone():
    rows = [
        {"office_commune": "25969", "office_address": address, "first_registered_on": "01/02/2019"}
        for address in ("P. Bình Chuẩn, TP. Thuận An, Bình Dương", "phường Thuận Giao, TP.HCM", None)
    ]
    assert told("enterprise", "office_commune", rows) == [OLD, NEW, BOTH]


def test_a_citizen_is_told_by_the_address_beside_the_code():
    rows = [{"permanent_commune": "25969", "permanent_detail": "Số 5, phường Bình Chuẩn, Thuận An, Bình Dương"}]
    assert told("population", "permanent_commune", rows) == [OLD]


def test_each_row_is_told_by_itself():
    rows = [dossier(received_at="30/06/2025"), dossier(), dossier(code="4"), dossier(received_at="30/06/2025")]
    assert told("dossier", "owner_commune_code", rows) == [OLD, BOTH, ("ambiguous", ["00004"]), OLD]
    assert told("dossier", "owner_commune_code", []) == []
