"""Distinct values: told apart, and remembered."""

import polars as pl
import pytest

from matching.standardise.distinct import Remembered, told_apart


@pytest.mark.parametrize("values", [["b", None, "a", "b", "", None], ["a", "a"], [None, None], [None], []])
def test_every_value_stands_once_and_is_found_at_its_place(values):
    distinct, at = told_apart(pl.Series("x", values, dtype=pl.String))
    assert distinct.gather(at).to_list() == values
    assert sorted(distinct.to_list(), key=str) == sorted(set(values), key=str)


def reader(asked):
    def read(texts):
        asked.append(texts.to_list())
        return pl.DataFrame({"upper": texts.str.to_uppercase()})

    return read


def test_a_text_is_read_once_however_often_it_is_asked_for():
    asked = []
    read = Remembered(reader(asked), most=10)
    answers = [read(pl.Series(texts))["upper"].to_list() for texts in (["a", "b"], ["c", "a"], ["b"])]
    assert (answers, asked) == ([["A", "B"], ["C", "A"], ["B"]], [["a", "b"], ["c"]])


def test_no_text_among_them_is_remembered_too():
    asked = []
    read = Remembered(reader(asked), most=10)
    answers = [read(pl.Series([None, "a"]))["upper"].to_list() for _ in range(2)]
    assert (answers, asked) == ([[None, "A"]] * 2, [[None, "a"]])


def test_beyond_the_most_all_is_forgotten_and_still_read_right():
    asked = []
    read = Remembered(reader(asked), most=2)
    answers = [read(pl.Series(texts))["upper"].to_list() for texts in (["a", "b"], ["c", "a"], ["a"])]
    assert (answers, asked) == ([["A", "B"], ["C", "A"], ["A"]], [["a", "b"], ["c"], ["a"]])


def test_of_nothing_nothing_is_read():
    read = Remembered(reader([]), most=2)
    nothing = pl.Series([], dtype=pl.String)
    assert [read(nothing).height, read(pl.Series(["a"])).height, read(nothing).height] == [0, 1, 0]
