"""Names as lists of words that are numbered in order of the alphabet, so that each distinct word is looked at once.

A million names are made of some thousand words: a form of a word costs next to nothing, and what remains is to put the
words together again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

_BITS = 32
_WORD = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Words:
    """The words of texts, as a list of numbers a text; `distinct` has the word of each number."""

    numbers: pl.Series
    distinct: pl.Series

    def sorted(self) -> "Words":
        """The words of each text in order of the alphabet."""
        lists = self.numbers.rechunk().to_arrow()
        # By way of polars, as Arrow would load pandas to read an array of numpy.
        offsets, numbers = (pl.Series(each).to_numpy() for each in (lists.offsets, lists.values))
        # One sort of all, by text and word in one number, costs a fraction of a sort in each list.
        texts = np.repeat(np.arange(len(lists), dtype=np.int64) << _BITS, np.diff(offsets))
        ordered = np.sort(texts | numbers[offsets[0] : offsets[-1]]) & _WORD
        starts, words = (pl.Series(each).to_arrow() for each in (offsets - offsets[0], ordered.astype(np.uint32)))
        sorted_lists = pa.LargeListArray.from_arrays(starts, words, mask=lists.is_null())
        return Words(pl.Series(self.numbers.name, sorted_lists, dtype=pl.List(pl.UInt32)), self.distinct)

    def rewritten(self, rewrite: Callable[[str], str]) -> "Words":
        """The words, each as `rewrite` has it."""
        written = [rewrite(word) for word in self.distinct.to_list()]
        return Words(self.numbers, pl.Series(written, dtype=pl.String))

    def lists(self) -> pl.Series:
        """The words of each text as a list."""
        return self.numbers.list.eval(pl.element().map_batches(self.distinct.gather, pl.String, is_elementwise=True))

    def joined(self, separator: str = " ") -> pl.Series:
        """The texts that the words make."""
        return self.lists().list.join(separator)


def words_of(texts: pl.Series) -> Words:
    """The words of texts that have one space between them."""
    words = texts.str.split(" ")
    distinct = words.explode().drop_nulls().unique().sort()
    number = pl.element().cast(pl.Enum(distinct)).to_physical()
    return Words(words.list.eval(number), distinct)


def has_word(texts: pl.Series, is_meant: Callable[[str], bool]) -> pl.Series:
    """Whether the text has a word that is meant; a word is what letters and digits stand together."""
    words = texts.str.extract_all(r"[^\W_]+")
    meant = [word for word in words.explode().drop_nulls().unique().to_list() if is_meant(word)]
    return words.list.eval(pl.element().is_in(meant)).list.any()
