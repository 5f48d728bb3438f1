"""The report of a linkage says in both languages what was compared and what it came to, and holds no record's value."""

import re
from dataclasses import replace

import polars as pl
import pytest

from matching.engine.block import RuleCount
from matching.engine.decide import Thresholds
from matching.engine.link import LINKS, Linked
from matching.engine.model import Field, Model, Training
from matching.engine.spec import Cardinality, Comparison, Costs, Rule, Spec
from review.report.language import EN, VI
from review.report.linkage import About, render, view
from tests.review.pages import read

ABOUT = About("x.toml", (("a.csv", 1234), ("b.csv", 5)), "2026-11-24T08:00:00+07:00", 3.2, True, "0.1.0")
SPEC = Spec("id", "id", (Comparison("email", "exact", "mail", "e_mail"),), costs=Costs(10, 1, 0.2))
FIELD = Field("email", "exact", ("different", "exact"), (0.1, 0.9), (0.99998, 0.00002), (0, 1), 0, 0.5, 0.00002)
MODEL = Model((FIELD,), 0.5, Training(7, True, "f"))
LINKED = Linked(
    pl.DataFrame(
        [
            ("L1", "R1", 20.0, 0.99, "linked", "weight_above_threshold"),
            ("L2", "R2", 10.0, 0.6, "review", "weight_between_thresholds"),
            ("L3", None, 2.0, 0.1, "not_found", "weight_below_threshold"),
            ("L4", None, None, 0.0, "not_found", "no_candidate"),
        ],
        LINKS,
        orient="row",
    ),
    MODEL,
    pl.DataFrame(
        {
            "left_id": ["L1", "L2", "L3"],
            "right_id": ["R1", "R2", "R9"],
            "email": pl.Series([2, 0, 1], dtype=pl.Int8),
            "email_bits": [15.5, 0.0, -3.0],
            "bits": [15.5, 0.0, -3.0],
            "probability": [0.99, 0.6, 0.1],
        }
    ),
    Thresholds(0.98, 0.2),
    (RuleCount("mail", 1000, 40, 700, 300), RuleCount("mail:words", 2000, 9, 0, 0)),
    0.9,
)
EMPTY = Linked(LINKED.links.clear(), MODEL, LINKED.pairs.clear(), Thresholds(0.5, 0.5), (), None)
TWICE = replace(
    LINKED,
    links=LINKED.links.head(2),
    clusters=pl.DataFrame({"id": ["L1", "R1", "x"], "cluster_id": ["L1", "L1", "x"]}),
)
DEDUPE = replace(SPEC, cardinality=Cardinality.DEDUPE)
CASES = {"linked": (LINKED, SPEC), "empty": (EMPTY, SPEC), "dedupe": (TWICE, DEDUPE)}


def page(name="linked"):
    return read(render(*CASES[name], ABOUT))


def told(name="linked", language="en"):
    return page(name).text(language)


@pytest.mark.parametrize("name", CASES)
def test_the_page_refers_to_nothing_outside_itself(name):
    html = render(*CASES[name], ABOUT)
    targets = [each.attributes.get(key) for each in read(html).elements for key in ("href", "src")]
    assert {each for each in targets if each and not each.startswith("#")} == {"data:,"}
    assert not re.search(r"url\(|@import|fetch\(", html)


@pytest.mark.parametrize("name", CASES)
def test_every_link_inside_the_page_has_its_target(name):
    elements = page(name).elements
    ids = [each.attributes["id"] for each in elements if "id" in each.attributes]
    links = {(each.attributes["href"] or "")[1:] for each in elements if each.tag == "a"}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)


def test_the_headline_counts_the_records_that_were_linked():
    assert "1 of 4 records linked" in told()
    assert "Đã nối 1 trong 4 bản ghi" in told(language="vi")


def test_dedupe_counts_the_records_that_repeat_another():
    assert "3 records, 1 of them repeat another" in told("dedupe")


def test_every_outcome_stands_with_its_reason_and_count():
    outcomes = view(LINKED, SPEC, EN).groups
    assert [(group.status, group.total) for group in outcomes] == [("linked", 1), ("review", 1), ("not_found", 2)]
    assert "Nobody in the register comes near" in told()


def test_a_level_shows_how_often_it_is_reached_and_what_it_says():
    [compared] = view(LINKED, SPEC, EN).comparisons
    best, worst = compared.levels
    assert (compared.columns, best.name, best.m, best.u) == ("mail = e_mail", "exact", "90.0%", "1/50,000")
    assert round(best.bits, 1) == 15.5
    assert worst.bits < 0


def test_what_was_cut_and_set_aside_is_shown_by_rule_the_largest_first():
    rules = view(LINKED, SPEC, EN).rules
    assert [(each.name, each.cut_pairs, each.set_aside_pairs) for each in rules] == [
        ("mail:words", 0, 0),
        ("mail", 700, 300),
    ]


def test_the_share_lost_in_blocking_is_told_and_asks_for_a_looser_rule():
    assert "An estimated 10.0% of the matches were lost in blocking" in told()
    assert any("looser [[block]]" in step.sentence for step in view(LINKED, SPEC, EN).verdict.steps)


def test_small_tables_of_which_all_pairs_were_compared_lost_nothing():
    whole = replace(LINKED, rules=(RuleCount(Rule(()).name, 20, 20, 0, 0),), found_share=None)
    assert "No match was lost in blocking" in read(render(whole, SPEC, ABOUT)).text("en")


def test_the_threshold_is_explained_by_the_costs_or_by_f1():
    assert "a false link 10, a miss 1 and a review 0.2" in view(LINKED, SPEC, EN).threshold_reason
    assert "highest expected F1" in view(LINKED, replace(SPEC, costs=Costs()), EN).threshold_reason
    assert "0,980" in view(LINKED, SPEC, VI).threshold_reason


def test_the_chosen_threshold_stands_among_the_others():
    assert LINKED.thresholds.link in [each.threshold for each in view(LINKED, SPEC, EN).workloads]


def test_doubtful_pairs_are_told_by_id_and_level_those_in_review_first():
    doubtful = view(LINKED, SPEC, EN).doubtful
    assert [(each.left_id, each.right_id, each.levels) for each in doubtful] == [
        ("L2", "R2", (("blank", 0.0),)),
        ("L3", "R9", (("different", -3.0),)),
    ]


def test_doubtful_pairs_are_told_in_a_sentence_and_drawn_in_both_languages():
    for lang, word in ((EN, "Little says that both are the same"), (VI, "Ít điều cho thấy hai bên là một")):
        told = view(LINKED, SPEC, lang).doubtful[1]
        assert told.sentence.startswith(word)
        assert told.drawing.startswith("<svg")
        assert told.sentence in told.drawing
    assert page().text("en").count("L3 · R9") == 1


def test_nothing_linked_is_told_without_a_figure():
    text = told("empty")
    assert "0 of 0 records linked" in text
    assert "No pair came near" in text


def test_markup_in_a_name_stays_text():
    hostile = replace(SPEC, comparisons=(Comparison("<b>x</b>", "exact", "<i>", "<i>"),))
    model = replace(MODEL, fields=(replace(FIELD, field="<b>x</b>"),))
    linked = replace(
        LINKED, model=model, pairs=LINKED.pairs.rename({"email": "<b>x</b>", "email_bits": "<b>x</b>_bits"})
    )
    html = render(linked, hostile, replace(ABOUT, spec="<script>"))
    assert "<b>x" not in html
    assert html.count("<script>") == 1
