import polars as pl
import pytest

from matching.schemas import VERDICTS

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
