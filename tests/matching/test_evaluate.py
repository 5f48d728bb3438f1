import polars as pl
import pytest

from matching.errors import SchemaError
from matching.evaluate import evaluate, evaluate_closely
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


def _known(reference_ids: list[str], units: list[str]) -> pl.DataFrame:
    keys = [str(at) for at in range(len(reference_ids))]
    told = {"dataset": "death", "key": keys, "role": "deceased", "reference": "population", "unit": units}
    return pl.DataFrame({**told, "reference_id": reference_ids})


def test_rates_are_told_by_any_further_column_of_the_truth():
    decisions = [_decision(str(at), "linked", "A") for at in range(20)]
    known = _known(["A"] * 10 + ["B"] * 10, ["north"] * 10 + ["south"] * 10)
    told = evaluate_closely(pl.DataFrame(decisions, schema=DECISIONS), known, ["unit"])["death"]["deceased"]
    assert [(each.value, each.rates.precision) for each in told.groups] == [("north", 1.0), ("south", 0.0)]


def test_linking_from_fewer_bits_on_takes_candidates_out_of_review():
    decisions = [
        {**_decision("0", "linked", "A"), "weight": 30.0},
        {**_decision("1", "review", "B"), "weight": 12.0},
        {**_decision("2", "not_found", None), "weight": None},
    ]
    known = _known(["A", "B", "C"], ["x"] * 3)
    told = evaluate_closely(pl.DataFrame(decisions, schema=DECISIONS), known)["death"]["deceased"]
    recalls = {point.threshold: point.rates.recall for point in told.curve}
    assert told.reviews == 1
    assert (recalls[0], recalls[15], recalls[35]) == (pytest.approx(2 / 3), pytest.approx(1 / 3), 0.0)


def test_a_frame_between_stages_names_what_it_lacks():
    with pytest.raises(SchemaError, match="columns missing: target; of another type: profile"):
        check(pl.DataFrame({"profile": ["x"]}), CANDIDATES)
