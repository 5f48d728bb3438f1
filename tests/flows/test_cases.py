"""Cases: one decision of middle weight for each reason, without a word of whose it is."""

import polars as pl

from flows.cases import cases

HOLDINGS = [{"dataset": "population", "held": 1200}, {"dataset": "dossier", "held": 5}]
ROWS = [
    ("d1", "review", "twin", 4.0, "{4}"),
    ("d2", "review", "twin", 9.0, "{9}"),
    ("d3", "review", "twin", 5.0, "{5}"),
    ("d4", "linked", "identifier_and_name", 30.0, "{30}"),
    ("d5", "linked", "decided_by_steward", None, None),
    ("d6", "not_found", "weight_below_threshold", 1.0, "{1}"),
]


def decisions(rows=ROWS):
    frame = pl.DataFrame(
        rows,
        {"record_id": pl.String, "status": pl.String, "reason": pl.String, "weight": pl.Float64, "evidence": pl.String},
        orient="row",
    )
    return frame.with_columns(dataset=pl.lit("dossier"), role=pl.lit("owner"), reference=pl.lit("population"))


def test_each_reason_is_told_by_its_decision_of_middle_weight_those_in_review_first():
    found = cases(decisions(), HOLDINGS)
    assert [(each["reason"], each["count"], each["evidence"]) for each in found] == [
        ("twin", 3, "{5}"),
        ("identifier_and_name", 1, "{30}"),
    ]


def test_a_case_tells_how_many_entries_there_were_to_choose_from():
    assert {each["entries"] for each in cases(decisions(), HOLDINGS)} == {1200}


def test_a_case_does_not_say_whose_it_is():
    assert all("record_id" not in each and "reference_id" not in each for each in cases(decisions(), HOLDINGS))


def test_the_order_of_decisions_does_not_matter():
    assert cases(decisions(ROWS[::-1]), HOLDINGS) == cases(decisions(), HOLDINGS)


def test_no_decisions_have_no_cases():
    assert cases(decisions([]), HOLDINGS) == []


def test_where_a_challenger_disagrees_its_widest_disagreement_is_the_case_and_comes_first():
    rows = [*ROWS, ("d7", "review", "close_runner_up", 6.0, "{6}")]
    told = pl.DataFrame({"record_id": ["d2", "d7"], "role": ["owner"] * 2, "difference": [0.3, 0.8]})
    found = cases(decisions(rows), HOLDINGS, told)
    assert [(each["reason"], each["evidence"], each["difference"]) for each in found] == [
        ("close_runner_up", "{6}", 0.8),
        ("twin", "{9}", 0.3),
        ("identifier_and_name", "{30}", None),
    ]
