"""Deciding: the best set of pairs, thresholds from costs or from the expected F1."""

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linear_sum_assignment

from matching.engine.decide import Thresholds, answered, choose, thresholds
from matching.engine.spec import Cardinality, Costs
from matching.reasons import STATUS_REASONS, Reason, Status


def scored(*rows: tuple[int, int, float]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"l": pl.UInt32, "r": pl.UInt32, "bits": pl.Float64}, orient="row")
    return frame.with_columns(
        gain="bits", probability=pl.lit(0.9), id_l=pl.col("l").cast(pl.String), id_r=pl.col("r").cast(pl.String)
    )


def taken(frame: pl.DataFrame) -> set[tuple[int, int]]:
    return set(frame.filter(~pl.col("is_taken")).select("l", "r").iter_rows())


def test_one_to_one_takes_the_best_set_and_not_the_best_pair_first() -> None:
    pairs = scored((0, 0, 10.0), (0, 1, 9.0), (1, 0, 9.5))
    assert taken(choose(pairs, Cardinality.ONE_TO_ONE)) == {(0, 1), (1, 0)}


def test_who_loses_the_partner_to_another_is_told_so() -> None:
    chosen = choose(scored((0, 0, 10.0), (1, 0, 4.0)), Cardinality.ONE_TO_ONE)
    assert chosen.filter(pl.col("l") == 1)["is_taken"].to_list() == [True]


@pytest.mark.parametrize("at", [Thresholds(0.5, 0.5), Thresholds(0.95, 0.3), Thresholds(0.99, 0.95)])
@pytest.mark.parametrize("bits", [-2.0, 4.0, 10.0])
def test_whoever_competes_for_a_row_gets_a_reason_of_its_status(at: Thresholds, bits: float) -> None:
    chosen = choose(scored((0, 0, 10.0), (1, 0, bits), (2, 0, bits)), Cardinality.ONE_TO_ONE)
    for status, reason in answered(chosen, at).select("status", "reason").iter_rows():
        assert Reason(reason) in STATUS_REASONS[Status(status)]


def test_many_to_one_takes_each_record_its_best() -> None:
    chosen = choose(scored((0, 0, 5.0), (0, 1, 9.0), (1, 1, 3.0)), Cardinality.MANY_TO_ONE)
    assert set(chosen.select("l", "r").iter_rows()) == {(0, 1), (1, 1)}


def test_equal_candidates_are_a_tie() -> None:
    chosen = choose(scored((0, 0, 9.0), (0, 1, 9.0), (1, 1, 3.0)), Cardinality.MANY_TO_ONE)
    assert chosen.sort("l")["is_tied"].to_list() == [True, False]


def test_the_threshold_is_half_of_the_f1_it_reaches() -> None:
    sure = pl.Series([0.99] * 50 + [0.01] * 50)
    assert thresholds(sure, Costs()).link == pytest.approx(0.5, abs=0.01)
    assert thresholds(pl.Series([0.6] * 100), Costs()).link < 0.4


def test_dearer_false_links_raise_the_threshold() -> None:
    p = pl.Series([at / 100 for at in range(100)])
    assert thresholds(p, Costs(false_link=5)).link > thresholds(p, Costs()).link


def test_a_review_is_worth_it_where_a_mistake_costs_more() -> None:
    at = thresholds(pl.Series([0.5]), Costs(false_link=10, miss=2, review=0.5))
    assert (at.link, at.review) == pytest.approx((0.95, 0.25))


def test_a_component_of_thousands_is_assigned_as_well_as_a_small_one() -> None:
    size, draw = 2_100, np.random.default_rng(1)
    chain = [(at, (at + step) % size, float(draw.uniform(1, 20))) for at in range(size) for step in (0, 1)]
    worth = np.zeros((size, size))
    for left, right, gain in chain:
        worth[left, right] = gain
    best = worth[linear_sum_assignment(worth, maximize=True)].sum()
    chosen = choose(scored(*chain), Cardinality.ONE_TO_ONE).filter(~pl.col("is_taken"))
    assert chosen["gain"].sum() == pytest.approx(best, abs=3 * (size - chosen.height) + 1e-6)
    assert chosen["r"].is_unique().all()
