import polars as pl
import pytest

import matching
from matching.schemas import VERDICTS
from tests.matching.conftest import standard

RECORD = "dossier:H09.01-261120-0001"
HUNG = {"owner_number": "074090000001", "owner_name": "Nguyễn Văn Hùng"}


def verdicts(*rows: tuple[str | None, str]) -> pl.DataFrame:
    """Verdicts on the first dossier's owner: (reference_id, verdict)."""
    filled = [(RECORD, "owner", "population", reference_id, verdict) for reference_id, verdict in rows]
    return pl.DataFrame(filled, schema=VERDICTS, orient="row")


@pytest.fixture
def decide(link):
    return lambda fields, *rows: link(dossier=[fields], verdicts=verdicts(*rows)).row(0, named=True)


def test_a_pair_called_the_same_is_linked_whatever_the_evidence(decide):
    decision = decide({"owner_name": "Ai Đó"}, ("074190000002", "same"))
    assert (decision["status"], decision["reference_id"], decision["reason"]) == (
        "linked",
        "074190000002",
        "decided_by_steward",
    )


def test_a_pair_called_different_is_never_proposed_again(decide):
    decision = decide(HUNG, ("074090000001", "different"))
    assert decision["status"] != "linked"
    assert decision["reference_id"] != "074090000001"


def test_a_barred_namesake_leaves_the_other_one(decide):
    trus = {"owner_name": "Đinh Công Trứ", "owner_birth_date": "02/02/1980"}
    decision = decide(trus, ("074080000009", "different"))
    assert (decision["status"], decision["reference_id"]) == ("linked", "079080000010")


def test_a_verdict_binds_its_record_only(link):
    decisions = link(dossier=[HUNG, HUNG], verdicts=verdicts(("074090000001", "different")))
    assert (decisions["status"] == "linked").to_list() == [False, True]


def test_not_in_the_register_is_not_found(decide):
    decision = decide(HUNG, (None, "not_in_register"))
    assert (decision["status"], decision["reason"], decision["reference_id"]) == (
        "not_found",
        "decided_by_steward",
        None,
    )


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("074090000001", "same"), ("074190000002", "same")], id="two persons"),
        pytest.param([("074090000001", "same"), ("074090000001", "different")], id="same and different"),
        pytest.param([("074090000001", "same"), (None, "not_in_register")], id="same and nowhere"),
    ],
)
def test_contradicting_verdicts_go_back_to_people(decide, rows):
    decision = decide(HUNG, *rows)
    assert (decision["status"], decision["reason"]) == ("review", "steward_conflict")


NOBODY = {"owner_name": "Ai Đó"}
AGAINST = {
    "the engine agrees": (HUNG, "074090000001", "same", []),
    "another fits": (HUNG, "074190000002", "same", [("another_fits", "074090000001")]),
    "too little agrees": (NOBODY, "074190000002", "same", [("weighs_too_little", None)]),
    "the entry is gone": (HUNG, "074099999999", "same", [("entry_gone", None)]),
    "number and name agree": (HUNG, "074090000001", "different", [("number_agrees", None)]),
    "different indeed": (NOBODY, "074090000001", "different", []),
    "found after all": (HUNG, None, "not_in_register", [("found_in_register", "074090000001")]),
    "nowhere indeed": (NOBODY, None, "not_in_register", []),
    "names nobody now": ({}, "074090000001", "same", []),
    "no verdict": (HUNG, None, None, []),
}
"""What a record says, the verdict on its owner, and what is told against it: (kind, other_id)."""


@pytest.fixture(scope="module")
def against(registers):
    """CONTRARY of one night in which all of them are decided."""
    codes = {case: f"H09.01-261120-{at:04}" for at, case in enumerate(AGAINST, 1)}
    rows = [{"dossier_code": codes[case], **fields} for case, (fields, *_) in AGAINST.items()]
    given = [
        (f"dossier:{codes[case]}", "owner", "population", entry, verdict)
        for case, (_, entry, verdict, _) in AGAINST.items()
        if verdict
    ]
    decided = pl.DataFrame(given, schema=VERDICTS, orient="row")
    contrary = matching.link_night({"dossier": standard("dossier", rows)}, registers, verdicts=decided).contrary
    return lambda case: contrary.filter(pl.col("record_id") == f"dossier:{codes[case]}")


@pytest.mark.parametrize("case", AGAINST)
def test_what_speaks_against_a_verdict_is_told(against, case):
    assert against(case).select("kind", "other_id").rows() == AGAINST[case][-1]


def test_what_speaks_against_a_verdict_comes_with_its_evidence(against):
    row = against("number and name agree").row(0, named=True)
    assert row["odds"] > 6
    assert "number" in row["evidence"]
