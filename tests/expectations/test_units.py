"""Below the dataset: receiving units and fields; and what always holds of all scores."""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import published, received
from expectations.across import AcrossRule, Judged
from expectations.quality import Beside, quality
from expectations.quarantine import QUARANTINE
from expectations.rollup import level_of
from expectations.suites import suite

RULES = [each.rule for each in suite(received()["death"])]
WARNINGS = [each.rule for each in suite(received()["death"]) if each.severity == "warning"]
ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.lists(st.sampled_from(WARNINGS), unique=True, max_size=4)),
    min_size=1,
    max_size=25,
)

few = settings(deadline=None, max_examples=15)
"""Each example reckons the index twice, which takes a tenth of a second."""


def held(rows):
    return pl.DataFrame(
        [(rules, unit) for unit, rules in rows],
        schema={"failed_rules": pl.List(pl.String), "unit": pl.String},
        orient="row",
    )


def quarantined(*rows):
    full = [
        dict.fromkeys(QUARANTINE)
        | {"dataset": "death", "rules": rules, "original": json.dumps({"registration_place": unit})}
        for unit, rules in rows
    ]
    return pl.DataFrame(full, schema=QUARANTINE)


def scores(report):
    """Every score of a report, by what it is the score of."""
    found = {("all",): report.index}
    found |= {("criterion", name): each for name, each in report.by_criterion.items()}
    found |= {("dataset", name): each.index for name, each in report.by_dataset.items()}
    found |= {("rule", *row[:2]): row[2] for row in report.rules.select("dataset", "rule", "score").iter_rows()}
    found |= {("field", *row[:2]): row[2] for row in report.fields.select("dataset", "property", "score").iter_rows()}
    found |= {("unit", *row[:2]): row[2] for row in report.units.scores.select("dataset", "unit", "score").iter_rows()}
    return {name: each for name, each in found.items() if each is not None}


def of(rows, bad=()):
    return quality({"death": held(rows)}, quarantined(*bad))


@few
@given(ROWS, st.data())
def test_mending_a_rule_that_a_row_breaks_lowers_no_score(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    mended = [*rows]
    mended[place] = (rows[place][0], rows[place][1][1:])
    before, after = scores(of(rows)), scores(of(mended))
    assert before.keys() == after.keys()
    assert all(after[name] >= before[name] - 1e-9 for name in before)


@few
@given(ROWS, st.sampled_from("ABC"))
def test_a_further_row_that_breaks_every_rule_raises_no_score(rows, unit):
    before, after = scores(of(rows)), scores(of(rows, [(unit, [*RULES, "row_readable"])]))
    assert all(after[name] <= before[name] + 1e-9 for name in before)


@few
@given(ROWS, st.lists(st.tuples(st.sampled_from("ABC"), st.just(["number_present"])), max_size=4), st.randoms())
def test_the_order_of_rows_changes_nothing(rows, bad, chance):
    one = of(rows, bad)
    chance.shuffle(rows)
    chance.shuffle(bad)
    assert of(rows, bad).as_dict() == one.as_dict()
    assert of(rows, bad).units.table.equals(one.units.table)


@few
@given(ROWS, st.lists(st.tuples(st.sampled_from("ABC"), st.just(["number_present"])), max_size=4))
def test_the_records_to_fix_of_a_unit_are_the_rows_held_that_break_a_rule_and_those_in_quarantine(rows, bad):
    named = {each for each, _ in rows}
    bad = [(unit if unit in named else "?", rules) for unit, rules in bad]
    found = of(rows, bad).units.scores
    for unit, count, to_fix in found.select("unit", "record_count", "to_fix_count").iter_rows():
        assert count == sum(each == unit for each, _ in [*rows, *bad])
        assert to_fix == sum(each == unit and bool(rules) for each, rules in [*rows, *bad])
    assert found["to_fix_count"].to_list() == sorted(found["to_fix_count"], reverse=True)


def test_a_row_in_quarantine_names_no_unit_that_accepted_rows_do_not_name():
    found = of([("A", [])], [("A", ["number_present"]), ("Đặng Thị Ấ", ["number_present"])]).units
    assert found.table.select("unit", "record_count", "to_fix_count").rows() == [("?", 1, 1), ("A", 2, 1)]
    assert "Đặng" not in str(found.table.rows()) + str(found.broken.rows())


def test_a_units_worst_rule_is_the_one_most_of_its_rows_break():
    rows = [("A", ["deceased_sex_understood"]), ("A", ["deceased_sex_understood", "notice_kind_understood"]), ("B", [])]
    worst = of(rows).units.scores.select("unit", "worst_rule", "worst_rule_count", "level").rows()
    assert worst[0][:3] == ("A", "deceased_sex_understood", 2)
    assert worst[1] == ("B", None, None, "green")


def test_a_units_score_takes_in_matching_and_repairs():
    decisions = pl.DataFrame(
        {"dataset": "death", "role": "deceased", "status": ["linked", "not_found"], "unit": ["A", "B"]}
    )
    repairs = pl.DataFrame({"dataset": "death", "unit": ["A", "B"], "checked": [1, 1], "failed": [1, 0]})
    plain, report = (
        of([("A", []), ("B", [])]),
        quality({"death": held([("A", []), ("B", [])])}, beside=Beside(decisions=decisions, repairs=repairs)),
    )
    assert set(plain.units.scores["score"]) == {100.0}
    assert all(each < 100 for each in report.units.scores["score"])
    assert set(report.units.scores["to_fix_count"]) == {0}


@pytest.mark.parametrize(
    ("rule", "level"), [("deceased_paper_number_understood", "red"), ("notice_kind_understood", "green")]
)
def test_an_identifier_below_a_hundred_is_red_whatever_its_score(rule, level):
    report = of([("A", [rule]), *[("A", [])] * 999])
    name = rule.removesuffix("_understood")
    field = report.fields.row(by_predicate=pl.col("property") == name, named=True)
    assert (field["level"], field["to_fix"]) == (level, 1)
    assert 99 < field["score"] < 100


def test_an_identifier_that_is_nearly_perfect_does_not_read_as_perfect():
    rows = [("A", ["deceased_paper_number_understood"]), *[("A", [])] * 30_000]
    field = of(rows).fields.row(by_predicate=pl.col("property") == "deceased_paper_number", named=True)
    assert (field["score"], field["level"]) == (99.99, "red")


def test_levels_are_those_of_the_score_as_printed():
    assert [level_of(each) for each in (100, 90, 89.996, 89.99, 75, 74.99, None)] == [
        "green", "green", "green", "yellow", "yellow", "red", None,
    ]  # fmt: skip


def test_a_rule_across_rows_is_checked_on_rows_held_only():
    rule = AcrossRule("death", "once", "deceased_paper_number", "sạch", "duplicate", "một", "one", "s", lambda *_: None)
    judged = Judged((rule,), pl.DataFrame())
    report = quality(
        {"death": held([("A", ["once"]), ("A", [])])}, quarantined(("A", ["number_present"])), Beside(across=judged)
    )
    found = report.rules.row(by_predicate=pl.col("rule") == "once", named=True)
    assert (found["checked"], found["failed"], found["error_group"]) == (2, 1, "duplicate")


def test_freshness_counts_one_dataset_and_only_where_it_was_judged():
    report = quality({"death": held([("A", [])])}, beside=Beside(late={"death": {"newest_record_recent": True}}))
    fresh = report.rules.filter(pl.col("criterion") == "sống")
    assert fresh.select("rule", "checked", "failed", "score").rows() == [("newest_record_recent", 1, 1, 0.0)]
    assert report.by_criterion["sống"] == 0.0


def test_the_table_of_units_has_the_columns_of_the_published_one():
    table = of([("B", []), ("A", [])]).units.table
    assert table.columns == [name for name in published()["quality_unit"].names if name != "release"]
    assert table["unit"].to_list() == ["A", "B"]
    assert quality({}).units.table.is_empty()
