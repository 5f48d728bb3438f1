"""Probabilities know a pair's rivals: they are those of enumerating every possible set of pairs."""

from itertools import product

import numpy as np
import polars as pl
import pytest

from matching.engine.probability import Sizes, log_odds, settle
from matching.engine.spec import Cardinality

PAIRS = pl.DataFrame({"l": [0, 0, 1, 2], "r": [0, 1, 1, 2], "bits": [8.0, 6.0, 7.0, 3.0]})


def enumerated(sizes: Sizes, share: float) -> list[float]:
    """The marginals over all sets of pairs that the cardinality allows, weighed by their odds."""
    odds = np.exp2(log_odds(PAIRS["bits"], sizes, share).to_numpy())
    rows = list(zip(PAIRS["l"], PAIRS["r"], strict=True))
    total, held = 0.0, np.zeros(len(rows))
    for chosen in product((False, True), repeat=len(rows)):
        picked = [row for row, is_picked in zip(rows, chosen, strict=True) if is_picked]
        left_ok = len({left for left, _ in picked}) == len(picked)
        right_ok = len({right for _, right in picked}) == len(picked)
        if left_ok and (right_ok or sizes.cardinality is Cardinality.MANY_TO_ONE):
            weight = np.prod(odds[np.array(chosen)])
            total += weight
            held += weight * np.array(chosen)
    return list(held / total)


@pytest.mark.parametrize("cardinality", [Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE])
@pytest.mark.parametrize("share", [0.2, 0.9])
def test_marginals_are_those_of_all_possible_sets(cardinality: Cardinality, share: float) -> None:
    sizes = Sizes(5, 40, cardinality)
    found, _ = settle(PAIRS, sizes, share)
    assert found.to_list() == pytest.approx(enumerated(sizes, share), abs=1e-6)


def test_candidates_of_one_record_never_add_up_to_more_than_one() -> None:
    rivals = pl.DataFrame({"l": [0] * 5, "r": range(5), "bits": [20.0] * 5})
    found, _ = settle(rivals, Sizes(10, 100, Cardinality.MANY_TO_ONE))
    assert found.sum() <= 1
    assert found.to_list() == pytest.approx([found[0]] * 5)


def test_the_share_of_matches_is_learnt() -> None:
    sure = pl.DataFrame({"l": range(60), "r": range(60), "bits": [40.0] * 60})
    _, share = settle(sure, Sizes(100, 1000, Cardinality.MANY_TO_ONE))
    assert share == pytest.approx(0.6, abs=0.01)


def test_no_candidates_is_no_error() -> None:
    found, share = settle(PAIRS.clear(), Sizes(3, 3, Cardinality.ONE_TO_ONE))
    assert (len(found), share) == (0, 0.0)
