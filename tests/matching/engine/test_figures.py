"""Expected precision, recall and workload follow from the probabilities alone."""

import polars as pl
import pytest

from matching.engine import figures
from matching.engine.decide import Thresholds
from matching.engine.link import LINKS, Linked
from matching.engine.model import Model, Training
from matching.engine.spec import Cardinality, Spec

MODEL = Model((), 0.5, Training(1, True, ""))
ROWS = [
    ("a", "x", 9.0, 0.9, "linked", "weight_above_threshold"),
    ("b", "y", 8.0, 0.7, "linked", "weight_above_threshold"),
    ("c", None, 5.0, 0.4, "not_found", "taken_by_another"),
    ("d", None, 1.0, 0.2, "not_found", "weight_below_threshold"),
    ("e", None, None, 0.0, "not_found", "no_candidate"),
]
PAIRS = pl.DataFrame(
    {
        "left_id": ["a", "b", "c", "d"],
        "right_id": ["x", "y", "x", "z"],
        "bits": [9.0, 8.0, 5.0, 1.0],
        "probability": [0.9, 0.7, 0.2, 0.2],
    }
)


def linked(rows=ROWS, pairs=PAIRS, found_share=None):
    return Linked(pl.DataFrame(rows, LINKS, orient="row"), MODEL, pairs, Thresholds(0.5, 0.5), (), found_share)


def spec(cardinality=Cardinality.MANY_TO_ONE):
    return Spec("id", "id", (), cardinality=cardinality)


def test_precision_is_the_mean_probability_of_the_links():
    assert figures.expected(linked()).precision == pytest.approx(0.8)


def test_recall_is_the_linked_share_of_the_expected_matches():
    assert figures.expected(linked()).recall == pytest.approx(1.6 / 2.0)


def test_matches_lost_in_blocking_lower_the_recall():
    assert figures.expected(linked(found_share=0.5)).recall == pytest.approx(0.4)


def test_without_links_nothing_is_expected():
    found = figures.expected(linked([], PAIRS.clear()))
    assert (found.precision, found.recall, found.matches) == (None, None, 0)


def test_a_pair_whose_partner_is_taken_cannot_be_linked_at_any_threshold():
    assert figures.decided(linked(), spec())["probability"].to_list() == [0.9, 0.7, 0.2]


@pytest.mark.parametrize("cardinality", [Cardinality.MANY_TO_MANY, Cardinality.DEDUPE])
def test_where_a_record_may_have_many_partners_all_near_pairs_are_decided(cardinality):
    shown = linked([row for row in ROWS if row[1]])
    decided = figures.decided(shown, spec(cardinality)).sort("probability", descending=True)
    assert decided["status"].to_list() == ["linked", "linked", "not_found", "not_found"]


def test_a_higher_threshold_links_less_falsely_and_misses_more():
    found = figures.workloads(figures.decided(linked(), spec()), Thresholds(0.6, 0.6), (0.1, 0.8))
    assert [(each.threshold, each.links) for each in found] == [(0.1, 3), (0.6, 2), (0.8, 1)]
    assert [round(each.false_links, 6) for each in found] == [1.2, 0.4, 0.1]
    assert [round(each.missed, 6) for each in found] == [0, 0.2, 0.9]


def test_in_doubt_is_what_is_neither_linked_nor_as_unlikely_as_a_link_is_likely():
    found = figures.workloads(figures.decided(linked(), spec()), Thresholds(0.95, 0.15), (0.2, 0.75, 0.85))
    assert [each.reviews for each in found] == [0, 1, 2, 3]


def test_at_the_chosen_threshold_in_doubt_is_what_was():
    decided = figures.decided(linked(), spec())
    [without] = figures.workloads(decided, Thresholds(0.8, 0.8), ())
    [with_reviews] = figures.workloads(decided, Thresholds(0.8, 0.6), ())
    assert (without.reviews, with_reviews.reviews) == (0, 1)


def test_without_pairs_every_threshold_links_nothing():
    decided = figures.decided(linked([]), spec())
    assert {each.links for each in figures.workloads(decided, Thresholds(0.5, 0.5))} == {0}
