"""Titles, descriptions and addresses."""

import polars as pl
import pytest

from matching.engine.kinds import KINDS
from matching.errors import SpecError

COMMON = [f"lcd television {number}" for number in range(200)]


def test_words_in_another_order_are_the_same_words(level_of):
    assert level_of("text", "Query Optimization, an overview", "an overview: query optimization") == "same_words"


def test_accents_and_marks_are_no_difference_of_words(level_of):
    assert level_of("text", "Đường Lê Lợi", "duong: le loi") == "same_words"


def test_a_code_is_one_word_however_it_is_parted(levels_of):
    whole, other = levels_of(
        "text", [("sony KDL-40V2500", "sony kdl40v2500"), ("sony KDL-40V2500", "sony kdl46s3000")], seen=COMMON
    )
    assert whole == "same_words"
    assert other in ("alike_10", "alike_20")


def test_a_rare_word_counts_more_than_a_common_one(levels_of):
    rare, common = levels_of("text", [("bravia lcd", "bravia television"), ("bravia lcd", "aquos lcd")], seen=COMMON)
    names = [each.name for each in KINDS["text"]({}).levels]
    assert names.index(rare) < names.index(common)


def test_a_word_that_was_never_seen_is_taken_for_rare():
    kind = KINDS["text"]({})
    fitted = kind.fitted(pl.Series(COMMON), pl.Series(COMMON))
    new, known = fitted.level(pl.Series(["qwerty lcd", "qwerty lcd"]), pl.Series(["qwerty television", "asdf lcd"]))
    assert new > known


def test_no_shared_word_is_different(level_of):
    assert level_of("text", "sony bravia", "canon pixma") == "different"


def test_marks_alone_say_nothing(level_of):
    assert level_of("text", "--", "--") == "blank"


def test_thresholds_are_told_in_the_levels():
    levels = KINDS["text"]({"thresholds": [0.75, 0.125]}).levels
    assert [each.name for each in levels[2:-1]] == ["alike_75", "alike_12.5"]
    assert "12,5 %" in levels[3].vi


def test_more_shared_words_never_reach_a_worse_level(levels_of):
    words = [f"word{letter}" for letter in "abcdefgh"]
    texts = [(" ".join(words), " ".join(words[:count])) for count in range(1, 9)]
    names = [each.name for each in KINDS["text"]({}).levels]
    places = [names.index(level) for level in levels_of("text", texts)]
    assert places == sorted(places, reverse=True)
    assert len(set(places)) > 4


def test_thresholds_must_fall():
    with pytest.raises(SpecError, match="from high to low"):
        KINDS["text"]({"thresholds": [0.2, 0.8]})
