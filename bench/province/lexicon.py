"""Every word a name can hold has a number; names are columns of numbers until they are written.

What happens to a single word (the other spelling of the other region, hook for tilde, its initial) is a table from
number to number.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from rapidfuzz.process import cdist

from bench.province.draws import Floats, Ints, shares, zipf_like
from bench.province.vocabulary import DOUBLETS, GIVEN, MARKER, MIDDLE, SURNAMES

NO_WORD = 0
_HOOK_TILDE = str.maketrans("\u0309\u0303", "\u0303\u0309")


@dataclass(frozen=True, slots=True)
class Weighted:
    """Numbers of words with the share of each."""

    words: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, the tables that names are drawn from, and what may become of a word."""

    words: pl.Series
    surnames: Weighted
    given: Mapping[int, Weighted]
    middle: Mapping[int, Weighted]
    marker: Mapping[int, int]
    similar: Mapping[int, Ints]
    """By sex, for the number of a given name the most similar other one of that sex: what twins are called."""
    doublet: Ints
    hook_tilde: Ints
    initial: Ints

    def name(self, words: Ints) -> pl.Series:
        """The names whose words stand in the rows, one space between them."""
        columns = [self.words.gather(words[:, place]).alias(str(place)) for place in range(words.shape[1])]
        joined = pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
        return pl.DataFrame(columns).select(name=pl.when(joined != "").then(joined)).to_series()


def hook_for_tilde(word: str) -> str:
    """The word with tilde where it had hook, and hook where it had tilde."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_HOOK_TILDE))


@cache
def unaccented_letters() -> dict[str, str]:
    """For each letter of the words that has an accent, in either case, the letter without it.

    Not the matcher's own table: what is measured must not write its own questions.
    """
    words = "".join(lexicon().words.drop_nulls())
    plain = {letter: unicodedata.normalize("NFD", letter)[0] for letter in words.lower() + words.upper()}
    plain |= {"đ": "d", "Đ": "D"}
    return {letter: other for letter, other in sorted(plain.items()) if letter != other}


@cache
def lexicon() -> Lexicon:
    """The lexicon of the vocabulary."""
    plain = _distinct(SURNAMES, *(GIVEN[sex].split() for sex in (1, 2)), *(MIDDLE[sex].split() for sex in (1, 2)))
    plain = _distinct(plain, MARKER.values(), (word for pair in DOUBLETS for word in pair))
    other = dict(DOUBLETS) | {south: north for north, south in DOUBLETS}
    words = _distinct([""], plain, map(hook_for_tilde, plain), (word[0] for word in plain))
    number = {word: place for place, word in enumerate(words)}

    def table(change: Callable[[str], str]) -> Ints:
        return np.array([number.get(change(word), place) for place, word in enumerate(words)], dtype=np.int64)

    given = {sex: _ranked(number, GIVEN[sex], 6) for sex in GIVEN}
    return Lexicon(
        words=pl.Series([None, *words[1:]], dtype=pl.String),
        surnames=Weighted(np.array([number[each] for each in SURNAMES]), shares(list(SURNAMES.values()))),
        given=given,
        middle={sex: _ranked(number, MIDDLE[sex], 4) for sex in MIDDLE},
        marker={sex: number[word] for sex, word in MARKER.items()},
        similar={sex: _most_similar(words, each.words) for sex, each in given.items()},
        doublet=table(lambda word: other.get(word, word)),
        hook_tilde=table(hook_for_tilde),
        initial=table(lambda word: word[:1]),
    )


def _distinct(*parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for part in parts for word in part))


def _ranked(number: Mapping[str, int], names: str, head: float) -> Weighted:
    words = np.array([number[each] for each in dict.fromkeys(names.split())], dtype=np.int64)
    return Weighted(words, zipf_like(len(words), head))


def _most_similar(words: list[str], choices: Ints) -> Ints:
    scores = cdist(words, [words[each] for each in choices])
    scores[choices, np.arange(len(choices))] = -1
    nearest: Ints = choices[scores.argmax(axis=1)]
    return nearest
