import polars as pl
import pytest

from matching import evaluate
from matching.errors import SchemaError
from matching.schemas import CANDIDATES, DECISIONS, check


def _decision(key: str, status: str, reference_id: str | None, reference: str = "population") -> dict[str, object]:
    return {
        "dataset": "death",
        "record_id": f"death:{key}",
        "role": "deceased",
        "reference": reference,
        "reference_id": reference_id,
        "status": status,
    }


def _measured(decisions: list[dict[str, object]], truth: list[tuple[str, str | None]]) -> dict[str, float]:
    known = pl.DataFrame(
        [("death", key, "deceased", "population", reference_id) for key, reference_id in truth],
        schema=dict.fromkeys(("dataset", "key", "role", "reference", "reference_id"), pl.String),
        orient="row",
    )
    return evaluate(pl.DataFrame(decisions, schema=DECISIONS), known)["death"]["deceased"]


def test_right_links_wrong_links_and_links_of_nobody_are_told_apart():
    measured = _measured(
        [_decision("1", "linked", "A"), _decision("2", "linked", "B"), _decision("3", "linked", "C")],
        [("1", "A"), ("2", "X"), ("3", ""), ("4", "D")],
    )
    assert (measured["records"], measured["in_register"], measured["linked"], measured["correct"]) == (4, 3, 3, 1)
    assert measured["precision"] == pytest.approx(1 / 3)
    assert measured["recall"] == pytest.approx(1 / 3)
    assert measured["f1"] == pytest.approx(1 / 3)


def test_a_candidate_in_review_is_no_link():
    measured = _measured([_decision("1", "review", "A")], [("1", "A")])
    assert (measured["linked"], measured["review"], measured["review_share"], measured["recall"]) == (0, 1, 1.0, 0.0)


def test_a_record_without_a_decision_counts_as_a_record_not_linked():
    measured = _measured([], [("1", "A")])
    assert (measured["records"], measured["linked"], measured["precision"], measured["f1"]) == (1, 0, 0.0, 0.0)


def test_the_right_number_in_the_wrong_register_is_wrong():
    measured = _measured([_decision("1", "linked", "A", "enterprise")], [("1", "A")])
    assert measured["correct"] == 0


def test_a_frame_between_stages_names_what_it_lacks():
    with pytest.raises(SchemaError, match="columns missing: target; of another type: profile"):
        check(pl.DataFrame({"profile": ["x"]}), CANDIDATES)
