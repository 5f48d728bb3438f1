import json

import polars as pl
import pytest

from contracts import published, received
from expectations.quality import Beside, quality
from expectations.quarantine import QUARANTINE
from expectations.suites import suite


def held(*rules: list[str], unit: str | None = "UBND phường An Phú") -> pl.DataFrame:
    schema = {"failed_rules": pl.List(pl.String), "unit": pl.String}
    return pl.DataFrame([(each, unit) for each in rules], schema=schema, orient="row")


def quarantined(dataset: str, *rules: list[str], unit: str = "UBND phường An Phú") -> pl.DataFrame:
    original = json.dumps({received()[dataset].unit_property: unit}, ensure_ascii=False)
    rows = [{"dataset": dataset, "rules": each, "original": original} for each in rules]
    return pl.DataFrame([dict.fromkeys(QUARANTINE) | row for row in rows], schema=QUARANTINE)


def score(report, rule: str, dataset: str = "death"):
    return report.rules.row(by_predicate=(pl.col("rule") == rule) & (pl.col("dataset") == dataset), named=True)


def test_rows_that_break_nothing_score_a_hundred_everywhere() -> None:
    report = quality({"death": held([], [])})
    assert (report.index, report.level) == (100.0, "green")
    assert set(report.by_criterion.values()) == {100.0}
    assert report.units.broken.is_empty()


def test_every_rule_of_a_dataset_has_a_row_whether_it_failed_or_not() -> None:
    report = quality({"death": held([])})
    assert set(report.rules["rule"]) == {check.rule for check in suite(received()["death"])} | {"row_readable"}


def test_a_score_is_the_share_of_rows_that_pass() -> None:
    report = quality({"death": held(["deceased_sex_understood"], [], [], [])})
    found = score(report, "deceased_sex_understood")
    assert (found["checked"], found["failed"], found["score"]) == (4, 1, 75.0)


def test_rows_in_quarantine_count_as_checked_and_failed() -> None:
    report = quality({"death": held([])}, quarantined("death", ["number_present", "deceased_sex_understood"]))
    assert score(report, "number_present")["score"] == 50.0
    assert score(report, "deceased_sex_understood")["score"] == 50.0


def test_a_dataset_of_which_nothing_is_held_is_scored_by_its_quarantine() -> None:
    report = quality({}, quarantined("death", ["number_present"]))
    assert score(report, "number_present")["score"] == 0.0


def test_rows_that_could_not_be_read_count_under_one_rule() -> None:
    report = quality({"death": held([])}, quarantined("death", ["too_many_fields"], ["broken_quotes"]))
    assert score(report, "row_readable")["failed"] == 2


def test_a_rule_that_no_suite_has_any_more_is_not_scored() -> None:
    report = quality({"death": held(["long_gone"])})
    assert report.index == 100.0


@pytest.mark.parametrize(("failing", "level"), [(0, "green"), (20, "red")])
def test_levels_follow_the_index(failing: int, level: str) -> None:
    rules = [check.rule for check in suite(received()["death"])]
    rows = [rules] * failing + [[]] * (20 - failing)
    assert quality({"death": held(*rows)}).level == level


def test_a_breach_of_the_key_weighs_more_than_one_of_a_minor_field() -> None:
    key = quality({"death": held(["number_present"], [])})
    minor = quality({"death": held(["deceased_ethnicity_understood"], [])})
    assert key.index is not None
    assert minor.index is not None
    assert key.index < minor.index < 100


def test_more_failures_never_raise_the_index() -> None:
    rules = [check.rule for check in suite(received()["birth"])]
    scores = [quality({"birth": held(rules[:count], [])}).index for count in range(len(rules) + 1)]
    assert scores == sorted(scores, reverse=True)


def test_the_order_of_rows_does_not_change_the_scores() -> None:
    rows = [["number_present"], [], ["deceased_sex_understood"], ["number_present", "page"]]
    one, other = quality({"death": held(*rows)}), quality({"death": held(*reversed(rows))})
    assert one.as_dict() == other.as_dict()


def test_datasets_weigh_the_same_whatever_their_size() -> None:
    rules = [check.rule for check in suite(received()["death"])] + ["row_readable"]
    report = quality({"death": held(rules), "birth": held(*[[]] * 99)})
    assert {name: each.index for name, each in report.by_dataset.items()} == {"birth": 100.0, "death": 0.0}
    assert report.index == 50.0


def test_nothing_checked_gives_no_index_and_no_level() -> None:
    for report in (quality({}), quality({"death": held()})):
        assert (report.index, report.level, report.by_criterion) == (None, None, {})
    assert quality({"death": held()}).rules["score"].null_count() == quality({"death": held()}).rules.height


def test_agreement_with_the_register_is_the_share_linked_among_those_looked_up() -> None:
    statuses = ["linked", "review", "not_found", "linked", "unlinkable"]
    decisions = pl.DataFrame({"dataset": "death", "role": "deceased", "status": statuses})
    report = quality({"death": held(*[[]] * 5)}, beside=Beside(decisions=decisions))
    found = score(report, "deceased_found_in_register")
    assert (found["checked"], found["failed"], found["score"]) == (4, 2, 50.0)
    assert report.by_criterion["thống nhất"] == 50.0


def test_rows_that_needed_a_repair_lower_the_cleanness_of_their_dataset() -> None:
    repairs = pl.DataFrame({"dataset": ["death"], "checked": [4], "failed": [1]})
    plain, report = (
        quality({"death": held(*[[]] * 4)}),
        quality({"death": held(*[[]] * 4)}, beside=Beside(repairs=repairs)),
    )
    found = score(report, "rows_need_no_repair")
    assert (found["criterion"], found["severity"], found["score"]) == ("sạch", "warning", 75.0)
    assert report.by_criterion["sạch"] < plain.by_criterion["sạch"] == 100.0
    assert {name: each for name, each in report.by_criterion.items() if name != "sạch"} == {
        name: each for name, each in plain.by_criterion.items() if name != "sạch"
    }


def test_without_a_repair_log_no_rule_speaks_of_repairs() -> None:
    assert "rows_need_no_repair" not in quality({"death": held([])}).rules["rule"]


def test_the_worst_receiving_units_come_first_and_know_their_rows() -> None:
    rows = pl.concat(
        [held(["deceased_sex_understood"], [], unit="A"), held(*[["deceased_sex_understood"]] * 3, unit="B")]
    )
    report = quality({"death": rows}, quarantined("death", ["number_present"], unit="A"))
    assert report.units.broken.rows() == [
        ("death", "B", "deceased_sex_understood", 3, 3),
        ("death", "A", "deceased_sex_understood", 1, 3),
        ("death", "A", "number_present", 1, 3),
    ]


def test_rows_without_a_unit_are_counted_under_a_question_mark() -> None:
    assert quality({"death": held(["deceased_sex_understood"], unit=None)}).units.scores["unit"].to_list() == ["?"]


def test_registers_have_no_receiving_units() -> None:
    report = quality({"population": held(["sex_understood"])})
    assert report.units.scores.is_empty()
    assert report.units.broken.is_empty()


def test_the_table_has_the_columns_of_the_published_one() -> None:
    contract = published()["quality"]
    table = quality({"death": held([])}).table
    assert table.columns == [name for name in contract.names if name != "release"]
    assert not table.select(contract.key).is_duplicated().any()


def test_the_summary_is_plain_json() -> None:
    report = quality({"death": held(["number_present"], []).lazy()}).as_dict()
    assert set(report) == {"index", "level", "by_criterion", "by_dataset", "rules", "fields", "units", "unit_scores"}
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report
