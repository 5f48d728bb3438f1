import polars as pl
import pytest

from matching.pairs import LARGEST_BLOCK, Blocking, Finer, candidates

PROFILE = {"profile": pl.UInt32}
TARGET = {"target": pl.UInt32}
MANY = LARGEST_BLOCK + 1


def asked(**values) -> pl.DataFrame:
    return pl.DataFrame({"profile": [0], **values}, schema_overrides=PROFILE)


def entries(**values) -> pl.DataFrame:
    return pl.DataFrame({"target": range(MANY), **values}, schema_overrides=TARGET)


@pytest.fixture
def common():
    """A rule whose only key is shared by more entries than a block may hold."""
    return Blocking("word", asked(word=["a"]), entries(word=["a"] * MANY))


def test_a_key_that_too_many_share_is_set_aside_and_reported(common):
    said = []
    pairs, _ = candidates([common], report=said.append)
    assert pairs.is_empty()
    assert said[0] == f"word: 1 khóa để lại · keys set aside, {MANY} mục · entries"


def test_a_key_that_too_many_share_is_cut_by_a_further_value(common):
    said = []
    finer = Finer(asked(year=[1990]), entries(year=[1990, 1990, *[1980] * (MANY - 2)]), {"year": pl.col("year")})
    pairs, _ = candidates([common], finer=finer, report=said.append)
    assert pairs.rows() == [(0, 0), (0, 1)]
    assert not any("set aside" in line for line in said)


def test_what_one_further_value_does_not_cut_small_enough_the_next_one_does(common):
    register = entries(year=[1990] * MANY, communes=["x w", "y", *["z"] * (MANY - 2)])
    made = {"year": pl.col("year"), "commune": pl.col("communes").str.split(" ")}
    finer = Finer(asked(year=[1990], communes=["x"]), register, made)
    pairs, _ = candidates([common], finer=finer)
    assert pairs.rows() == [(0, 0)]


def test_who_does_not_give_the_further_value_is_set_aside(common):
    finer = Finer(asked(year=pl.Series([None], dtype=pl.Int64)), entries(year=[1990] * MANY), {"year": pl.col("year")})
    pairs, _ = candidates([common], finer=finer)
    assert pairs.is_empty()


def test_a_pair_is_made_once_and_knows_how_many_rules_found_it():
    word, year = (
        Blocking(name, asked(**{name: ["a"]}), entries(**{name: ["a", *["b"] * (MANY - 1)]})) for name in "wy"
    )
    pairs, found = candidates([word, year])
    assert pairs.rows() == [(0, 0)]
    assert found["rules"].to_list() == [2]


def test_the_pairs_are_counted_before_they_are_compared():
    said = []
    candidates([Blocking("word", asked(word=["a"]), entries(word=["a", *["b"] * (MANY - 1)]))], report=said.append)
    assert said == ["1 cặp để so sánh · pairs to compare, 1 theo một quy tắc · by one rule alone"]
