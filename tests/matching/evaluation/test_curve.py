"""Thresholds and calibration against a truth."""

import numpy as np
import polars as pl
import pytest

from matching.evaluation.curve import calibration, curve, without_rivals

MARKED = pl.DataFrame({"probability": [0.95, 0.8, 0.4, 0.1], "is_true": [True, False, True, False]})


def linked(*pairs: tuple[str, str]) -> pl.DataFrame:
    rows = pl.DataFrame(pairs, schema=["left_id", "right_id"], orient="row")
    return rows.with_columns(status=pl.lit("linked"))


def near(*pairs: tuple[str, str, float]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema=["left_id", "right_id", "probability"], orient="row")


def test_each_threshold_has_its_links_and_rates():
    low, high = curve(MARKED, 2, (0.9, 0.3), score="probability")
    assert (low.threshold, low.rates.linked, low.rates.correct, low.rates.recall) == (0.3, 3, 2, 1.0)
    assert (high.threshold, high.rates.linked, high.rates.precision, high.rates.recall) == (0.9, 1, 1.0, 0.5)


def test_pairs_between_the_threshold_and_its_mirror_image_are_to_be_looked_at():
    points = curve(MARKED, 2, (0.3, 0.9), score="probability")
    assert [point.reviews for point in points] == [0, 3]


def test_bits_are_no_probabilities_so_no_workload_is_told():
    pairs = pl.DataFrame({"weight": [30.0], "is_true": [True]})
    assert curve(pairs, 1, (10,), score="weight")[0].reviews is None


def test_a_match_that_never_came_near_is_missed_at_every_threshold():
    assert max(point.rates.recall for point in curve(MARKED, 8, (0.0, 0.5), score="probability")) == 0.25


def test_where_no_record_has_two_links_its_best_pair_alone_may_be_one():
    pairs = near(("a", "1", 0.4), ("a", "2", 0.5), ("b", "2", 0.3))
    kept = without_rivals(pairs, linked(("a", "2"), ("b", "2")))
    assert sorted(kept.select("left_id", "right_id").rows()) == [("a", "2"), ("b", "2")]
    assert without_rivals(pairs, linked(("a", "2")))["left_id"].to_list() == ["a"]


def test_where_records_have_several_links_all_pairs_may_be():
    pairs = near(("a", "1", 0.4), ("a", "2", 0.5), ("b", "2", 0.3))
    assert without_rivals(pairs, linked(("a", "1"), ("a", "2"), ("b", "2"))).height == 3


def test_honest_probabilities_are_calibrated_and_boasting_ones_are_not():
    generator = np.random.default_rng(1)
    p = generator.random(20_000)
    honest = pl.DataFrame({"probability": p, "is_true": generator.random(20_000) < p})
    boasting = honest.with_columns(probability=pl.col("probability").sqrt())
    told, boasted = calibration(honest), calibration(boasting)
    assert told is not None
    assert boasted is not None
    assert told.error < 0.02
    assert boasted.error > 0.1


def test_each_bin_has_its_pairs_mean_probability_and_true_share():
    told = calibration(MARKED)
    assert told is not None
    assert [(each.low, each.pairs, each.probability, each.true_share) for each in told.bins] == [
        (0.1, 1, 0.1, 0.0),
        (0.4, 1, 0.4, 1.0),
        (0.8, 1, 0.8, 0.0),
        (0.9, 1, 0.95, 1.0),
    ]
    assert told.error == pytest.approx((0.1 + 0.6 + 0.8 + 0.05) / 4)


def test_certain_and_hopeless_pairs_do_not_hide_what_is_wrong_in_doubt():
    sure = pl.DataFrame({"probability": [0.0] * 98 + [0.5] * 2, "is_true": [False] * 98 + [True] * 2})
    told = calibration(sure)
    assert told is not None
    assert told.error == pytest.approx(0.01)
    assert told.error_in_doubt == 0.5


def test_certainty_alone_leaves_nothing_in_doubt_and_no_pairs_no_calibration():
    told = calibration(pl.DataFrame({"probability": [1.0], "is_true": [True]}))
    assert told is not None
    assert (told.error, told.error_in_doubt) == (0.0, None)
    assert calibration(MARKED.clear()) is None
