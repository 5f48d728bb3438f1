"""Several values in one cell."""

import pytest

from matching.engine.kinds import KINDS
from matching.errors import SpecError

CASES = [
    ("other order", "A; B, C", "c;b ;a", "exact"),
    ("repeated", "a;a;b", "a;b", "exact"),
    ("one within the other", "a; b; c", "a", "contained"),
    ("half", "a; b; c", "a; b; d", "half"),
    ("one", "a; b; c", "a; d; e", "shared"),
    ("none", "a; b", "c", "different"),
    ("part of a member", "ab", "a; b", "different"),
    ("lists of JSON", '["A", "b, c"]', '["b","C","a"]', "exact"),
    ("an empty list of JSON", "[]", "a", "blank"),
    ("separators alone", "; ,", "a", "blank"),
]


@pytest.mark.parametrize(("left", "right", "level"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_level(level_of, left, right, level):
    assert level_of("set", left, right) == level


def test_members_of_several_words_stay_whole(level_of):
    assert level_of("set", "Nguyễn An, Lê Bình", "Lê Bình,Nguyễn An") == "exact"


def test_another_separator_leaves_the_usual_ones_in_the_members(level_of):
    assert level_of("set", "a, b | c", "c|a, b", separator="|") == "exact"
    assert level_of("set", "a, b", "a", separator="|") == "different"


@pytest.mark.parametrize("separator", ["", " ", "a", "1;"])
def test_a_separator_is_a_mark(separator):
    with pytest.raises(SpecError, match="separator must be"):
        KINDS["set"]({"separator": separator})


@pytest.mark.parametrize("separator", ["]", "\\", "^", "-", ".", "|/"])
def test_every_mark_can_part_members(values_of, separator):
    assert values_of("set", f"b{separator[0]}a", separator=separator) == ["a\x1fb"]
