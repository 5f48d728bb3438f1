"""Comparisons of the toolkit."""

import pytest

from matching.engine.kinds import KINDS
from matching.errors import SpecError

ALGORITHMS = "jaro jarowinkler levenshtein damerau_levenshtein qgram cosine smith_waterman lcs"


@pytest.mark.parametrize("algorithm", ALGORITHMS.split())
def test_every_algorithm_of_strings_tells_near_from_far(levels_of, algorithm):
    near, far = levels_of("recordlinkage", [("jonathan smith", "jonathan smyth"), ("abc", "xyz")], algorithm=algorithm)
    assert near in ("from_0.9", "from_0.75", "from_0.5")
    assert far == "different"


@pytest.mark.parametrize("decay", ["step", "linear", "exp", "gauss", "squared"])
def test_every_decay_of_numbers_tells_near_from_far(levels_of, decay):
    pairs = [("100", "100.05"), ("100", "900")]
    assert levels_of("recordlinkage", pairs, method="numeric", decay=decay, offset=0.1) == ["from_0.9", "different"]


def test_a_wider_scale_forgives_more(levels_of):
    narrow, wide = (levels_of("recordlinkage", [("100", "104")], method="numeric", scale=scale) for scale in (2, 10))
    assert (narrow, wide) == (["different"], ["from_0.75"])


def test_swapped_day_and_month_are_half_a_date(levels_of):
    pairs = [("2020-01-02", "2020-02-01"), ("2020-01-02", "2021-11-20")]
    assert levels_of("recordlinkage", pairs, method="date") == ["from_0.5", "different"]


def test_points_are_compared_by_kilometres(levels_of):
    pairs = [("10.77,106.7", "10.77; 106.701"), ("10.77,106.7", "21.03 105.85")]
    assert levels_of("recordlinkage", pairs, method="geo", scale=5) == ["from_0.9", "different"]


def test_what_the_method_cannot_read_says_nothing(level_of):
    assert level_of("recordlinkage", "x", "1,2", method="geo") == "blank"
    assert level_of("recordlinkage", "x", "2020-01-01", method="date") == "blank"


def test_an_option_of_another_method_is_refused():
    with pytest.raises(SpecError, match="unknown option decay"):
        KINDS["recordlinkage"]({"method": "string", "decay": "linear"})


def test_an_unknown_method_is_refused():
    with pytest.raises(SpecError, match="unknown method video"):
        KINDS["recordlinkage"]({"method": "video"})


def test_a_scale_of_nothing_is_refused():
    with pytest.raises(SpecError, match="scale must be a number above 0"):
        KINDS["recordlinkage"]({"method": "numeric", "scale": 0})
