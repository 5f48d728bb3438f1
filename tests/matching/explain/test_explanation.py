import pytest

from matching.explain import Explanation
from tests.matching.explain.cases import clue, explanation


def test_the_odds_are_the_start_and_all_clues():
    assert explanation(clue("a", 7.0), clue("b", -2.5), start=-3.0).odds == pytest.approx(1.5)


def test_what_rivals_take_is_the_way_from_the_odds_to_the_probability():
    assert explanation(clue("a", 12.0), rivals=-4.0).rivals == pytest.approx(-4.0)


def test_without_rivals_nothing_is_taken():
    assert explanation(clue("a", 12.0)).rivals == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_a_probability_that_is_rounded_to_never_or_always_tells_nothing_of_rivals(probability):
    assert Explanation((clue("a", 90.0),), -10.0, probability).rivals == 0.0
