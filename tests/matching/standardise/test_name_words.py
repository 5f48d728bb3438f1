"""Names as numbered words."""

import polars as pl
import pytest

from matching.standardise.name_words import has_word, words_of


def test_words_give_back_their_texts():
    texts = pl.Series(["nguyễn văn an", "an", None, "", "an an"])
    assert words_of(texts).joined().to_list() == texts.to_list()


def test_words_are_sorted_within_each_text():
    assert words_of(pl.Series(["nguyễn văn an", None, "b a"])).sorted().joined().to_list() == [
        "an nguyễn văn",
        None,
        "a b",
    ]


def test_a_word_is_rewritten_once_however_often_it_stands():
    seen = []
    words = words_of(pl.Series(["an an", "an bé"])).rewritten(lambda word: seen.append(word) or word.upper())
    assert (words.joined().to_list(), seen) == (["AN AN", "AN BÉ"], ["an", "bé"])


def test_two_words_may_be_written_the_same():
    words = words_of(pl.Series(["hoàng huỳnh"])).rewritten(lambda _: "hoàng")
    assert words.joined().to_list() == ["hoàng hoàng"]


@pytest.mark.parametrize("texts", [[], [None], [None, None]])
def test_nothing_has_no_words(texts):
    assert words_of(pl.Series(texts, dtype=pl.String)).sorted().joined().to_list() == texts


def test_a_text_has_a_word_wherever_it_stands():
    texts = pl.Series(["lê an", "an-lê", "lêan", None])
    assert has_word(texts, lambda word: word == "an").to_list() == [True, True, False, None]
