"""Options are read strictly."""

import pytest

from matching.engine.kinds import KINDS
from matching.engine.kinds.options import Options
from matching.errors import SpecError


def read(**given):
    return Options("text", given, tuple(given))


@pytest.mark.parametrize("value", ["0.5", [True, 0.5], ["0.5"], 0.5], ids=["text", "flag", "texts", "number"])
def test_a_list_of_numbers_takes_no_other_values(value):
    with pytest.raises(SpecError, match="thresholds must be a list of numbers"):
        read(thresholds=value).numbers("thresholds", ())


@pytest.mark.parametrize("value", [[], [0.5, 0.5], [0.5, 0.9], [1.0, 0.5], [0.5, 0.0]])
def test_shares_fall_between_one_and_nothing(value):
    with pytest.raises(SpecError, match="between 0 and 1, from high to low"):
        read(thresholds=value).shares("thresholds", ())


@pytest.mark.parametrize("value", [[], [0.2, 0.1], [0.0], [-1.0]])
def test_tolerances_grow_from_above_nothing(value):
    with pytest.raises(SpecError, match="above 0, from low to high"):
        read(tolerances=value).growing("tolerances", ())


def test_a_word_is_one_of_the_known_ones():
    with pytest.raises(SpecError, match="unknown decimal ;") as refused:
        KINDS["number"]({"decimal": ";"})
    assert refused.value.known == (".", ",")


def test_a_flag_is_no_number():
    with pytest.raises(SpecError, match="scale must be a number"):
        read(scale=True).number("scale", 1.0)
