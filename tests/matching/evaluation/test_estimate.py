"""What clerks' answers say of the whole: unbiased, and its interval holds the truth in about 95 of 100 samples."""

import numpy as np
import polars as pl
import pytest

from matching.evaluation.estimate import Estimate, estimate
from matching.evaluation.outside import Outside, Universe
from matching.evaluation.sample import DESIGN, RANDOM, draw

SAMPLES = 300


def answered(*strata: tuple[str, bool, int, int, int]) -> Estimate:
    """Of strata (name, is linked, pairs, answers, true answers)."""
    rows = [
        (f"{name} {at}", "x", name, is_linked, pairs, count, count / pairs, at < true)
        for name, is_linked, pairs, count, true in strata
        for at in range(count)
    ]
    return estimate(pl.DataFrame(rows, schema={**DESIGN, "is_match": pl.Boolean}, orient="row"))


def population() -> tuple[pl.DataFrame, pl.DataFrame, set[tuple[str, str]]]:
    """Links, candidates and true pairs of a linkage whose probabilities boast."""
    generator = np.random.default_rng(7)
    p = np.concatenate((generator.beta(8, 0.4, 2_000), generator.beta(0.4, 8, 4_000)))
    ids = [f"{at:05}" for at in range(len(p))]
    pairs = pl.DataFrame({"left_id": ids, "right_id": ids, "probability": p})
    is_true = generator.random(len(p)) < 0.02 + 0.93 * p
    true = {(each, each) for each, match in zip(ids, is_true, strict=True) if match}
    links = pairs.filter(pl.col("probability") >= 0.5).with_columns(status=pl.lit("linked"))
    return links, pairs, true


LINKS, PAIRS, TRUE = population()
RIGHT = len(set(LINKS.select("left_id", "right_id").rows()) & TRUE)
PRECISION, RECALL = RIGHT / LINKS.height, RIGHT / len(TRUE)


def judged(design: pl.DataFrame) -> pl.DataFrame:
    return design.with_columns(
        is_match=pl.Series([pair in TRUE for pair in design.select("left_id", "right_id").rows()])
    )


@pytest.fixture(scope="module")
def estimates() -> list[Estimate]:
    return [estimate(judged(draw(LINKS, PAIRS, size=400, seed=seed))) for seed in range(SAMPLES)]


@pytest.mark.parametrize(("name", "truth"), [("precision", PRECISION), ("recall", RECALL)])
def test_over_many_samples_the_interval_holds_the_truth_about_95_times_in_100(estimates, name, truth):
    held = [getattr(each, name).low <= truth <= getattr(each, name).high for each in estimates]
    assert 0.92 <= np.mean(held) <= 0.99


@pytest.mark.parametrize(("name", "truth"), [("precision", PRECISION), ("recall", RECALL)])
def test_over_many_samples_the_mean_of_the_estimates_is_the_truth(estimates, name, truth):
    told = np.array([getattr(each, name).estimate for each in estimates])
    assert abs(told.mean() - truth) < 4 * told.std() / SAMPLES**0.5 + 0.002


def test_the_estimated_number_of_matches_is_unbiased_with_pairs_outside_blocking():
    left = pl.Series([f"{at:05}" for at in range(80)])
    near, universe = PAIRS.head(40), Universe(left, left)
    true = len(TRUE & {(each, each) for each in left})
    links = LINKS.join(near, on=["left_id", "right_id"], how="semi")
    told = np.array(
        [
            estimate(judged(draw(links, near, size=300, seed=seed, outside=Outside(universe)))).matches
            for seed in range(SAMPLES)
        ]
    )
    assert true > len(TRUE & {(each, each) for each in near["left_id"]})
    assert abs(told.mean() - true) < 4 * told.std() / SAMPLES**0.5


def test_more_answers_make_the_interval_narrower():
    few, many = (answered(("a", True, 10_000, count, count * 9 // 10)) for count in (50, 500))
    assert few.precision is not None
    assert many.precision is not None
    assert many.precision.high - many.precision.low < few.precision.high - few.precision.low


def test_answers_that_all_agree_leave_room_for_doubt():
    told = answered(("a", True, 10_000, 50, 50))
    assert told.precision is not None
    assert told.precision.estimate == told.precision.high == 1.0
    assert 0.9 < told.precision.low < 0.99


def test_a_stratum_that_was_looked_at_whole_leaves_none():
    told = answered(("a", True, 20, 20, 18), ("b", False, 10, 10, 2))
    assert told.precision is not None
    assert told.recall is not None
    assert (told.precision.low, told.precision.high) == (0.9, 0.9)
    assert (told.recall.low, told.recall.high) == (0.9, 0.9)


def test_missed_matches_lower_recall_by_the_pairs_they_stand_for():
    told = answered(("a", True, 100, 50, 50), ("b", False, 1_000, 100, 10))
    assert told.recall is not None
    assert told.recall.estimate == pytest.approx(0.5)
    assert told.matches == pytest.approx(200)


def test_random_pairs_of_which_none_is_true_set_a_limit_and_do_not_widen_the_interval():
    strata = ("a", True, 100, 50, 45), ("b", False, 1_000, 100, 10)
    without, told = answered(*strata), answered(*strata, (RANDOM, False, 10**9, 100, 0))
    assert told.recall == without.recall
    assert told.random_limit == pytest.approx(0.0362, abs=1e-4)
    assert without.random_limit is None


def test_a_true_random_pair_is_never_kept_silent():
    told = answered(("a", True, 100, 50, 45), (RANDOM, False, 10**6, 100, 1))
    assert told.recall is not None
    assert told.recall.estimate < 0.01
    assert told.recall.high > 3 * told.recall.estimate


def test_a_pair_without_an_answer_is_stood_for_by_the_others_of_its_stratum():
    design = draw(LINKS, PAIRS, size=400, seed=1)
    answers = judged(design)
    blank = answers.with_columns(is_match=pl.when(pl.int_range(pl.len()) % 4 != 0).then("is_match"))
    told = estimate(blank)
    assert told.unanswered == 100
    assert sum(each.pairs for each in told.strata) == PAIRS.height


def test_a_stratum_without_any_answer_is_named():
    answers = judged(draw(LINKS, PAIRS, size=400, seed=1))
    silent = "linked, below 0.9"
    told = estimate(answers.with_columns(is_match=pl.when(pl.col("stratum") != silent).then("is_match")))
    assert told.silent_strata == (silent,)


def test_no_answers_say_nothing():
    told = estimate(pl.DataFrame(schema={**DESIGN, "is_match": pl.Boolean}))
    assert (told.precision, told.recall, told.matches) == (None, None, 0)
