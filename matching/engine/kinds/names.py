"""`name`: names of persons in any language, as a whole or a part, with what Vietnamese and other clerks do to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import polars_ds as pds
from numpy.typing import NDArray

from matching import keys as words_of
from matching.engine import keys
from matching.engine.kinds.base import Kind, Level, chosen, codes
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import by_value, tidy
from matching.engine.kinds.weighted_words import Pairs
from matching.engine.spec import Option

_LEVELS = (
    Level("exact", "trùng cả dấu", "equal, accents included", rarity=1.0),
    Level("unaccented", "trùng, chỉ thiếu dấu", "equal but for marks, spaces and accents left out", rarity=0.8),
    Level("reordered", "đủ các chữ, khác thứ tự", "the same words in another order", rarity=0.8),
    Level("near", "sai một chữ cái hoặc khác cách đọc vùng miền", "one slip, or a regional spelling", rarity=0.6),
    Level("other_accents", "cùng chữ cái, khác dấu", "the same letters with other accents", rarity=0.6),
    Level("initials", "có chữ viết tắt", "some words are initials", rarity=0.3),
    Level("similar", "gần giống", "similar letters (Jaro-Winkler from 0.90)", rarity=0.3),
    Level("subset", "thiếu một số chữ", "all words of one stand in the other", rarity=0.3),
    Level("partial", "giống một phần", "the last word agrees, or letters are alike (Jaro-Winkler from 0.78)"),
    Level("different", "khác nhau", "different"),
)
_CODE = codes(_LEVELS)
_SIMILAR, _PARTIAL = 0.90, 0.78
_SHORTEST_FOR_A_SLIP = 4
"""Letters of the longer name below which one slip is another name: Lan, Lam, Lâm."""
_ODD = 0x9E3779B97F4A7C15
Numbers = NDArray[Any]
_WRITTEN = pl.element().filter(pl.element().str.len_chars() > 1)
"""Of words those that are more than an initial."""
_HAS_LETTER = pl.col("has_letter") | pl.col("has_letter_2")


@dataclass(frozen=True, slots=True)
class Name:
    """Levels of agreement of names."""

    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """Lower case, composed, one space between words."""
        return tidy(raw)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Compares letters without accents first; whole words only where letters do not settle it."""
        return self.level_of(Pairs.of(left, right))

    def level_of(self, pairs: Pairs) -> pl.Series:
        """The same of values by their places among the distinct ones."""
        forms = _forms(pairs.distinct)
        by_letters = _by_letters(pairs, forms)
        # A screen asks for few pairs, so what none of them needs is left out.
        equal = (by_letters == _CODE["unaccented"]).arg_true()
        if len(equal):
            by_letters = by_letters.scatter(equal, _by_accents(*pairs.at(equal).values()))
        rest = (by_letters < _CODE["other_accents"]).arg_true()
        if len(rest):
            best = np.maximum(by_letters.gather(rest).to_numpy(), _by_words(pairs.at(rest), forms).to_numpy())
            by_letters = by_letters.scatter(rest, pl.Series(best))
        return by_letters


def _forms(values: pl.Series) -> pl.DataFrame:
    """What of each name is compared: `words`, `bare`, and the numbers of `_Words`."""
    plain = keys.unaccented(pl.col("value")).str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    texts = values.alias("value").to_frame().select(words=plain)
    bare = pl.col("words").str.replace_all(" ", "", literal=True).alias("bare")
    return texts.with_columns(bare, *_Words.of(texts["words"]).numbers())


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all names one after another: each by its place among the distinct ones, which are looked at once."""

    distinct: pl.Series
    at: NDArray[np.int64]
    starts: NDArray[np.int64]
    """Where each name begins; every name has a word, be it empty."""

    @classmethod
    def of(cls, texts: pl.Series) -> "_Words":
        """The words between single spaces."""
        listed = texts.str.split(" ")
        ends = np.cumsum(listed.list.len().to_numpy(), dtype=np.int64)
        words = listed.list.explode(keep_nulls=False, empty_as_null=False)
        hashes, first, at = np.unique(words.hash().to_numpy(), return_index=True, return_inverse=True)
        del hashes
        return cls(words.gather(first), at, np.concatenate(([0], ends[:-1])).astype(np.int64)[: len(texts)])

    def numbers(self) -> list[pl.Series]:
        """`sorted` is equal for the same words in any order, `initials` for the same first letters in any order,
        `folded` for words of one regional spelling in the same order, `last` for the last word.

        `marks` has a bit for each word that is written out: what lacks a bit of another lacks a word of it.
        """
        words = self.distinct
        is_letter = words.str.len_chars() <= 1
        bits = np.uint64(1) << (words.hash(1).to_numpy() % np.uint64(64))
        marks = np.where(is_letter.to_numpy(), np.uint64(0), bits)
        told = {
            "sorted": self._of_all(np.add, words.hash(2).to_numpy()),
            "folded": self._in_order(
                words.to_frame("word").select(words_of.folded(pl.col("word")).hash(3)).to_series()
            ),
            "initials": self._of_all(np.add, words.str.head(1).hash(4).to_numpy()),
            "last": words.hash(5).to_numpy()[self.at[self._ends() - 1]],
            "marks": self._of_all(np.bitwise_or, marks),
            "has_letter": self._of_all(np.logical_or, is_letter.to_numpy()),
            "count": (self._ends() - self.starts).astype(np.uint32),
        }
        return [pl.Series(name, numbers) for name, numbers in told.items()]

    def _ends(self) -> NDArray[np.int64]:
        return np.append(self.starts[1:], len(self.at)).astype(np.int64)[: len(self.starts)]

    def _of_all(self, together: np.ufunc, of_words: Numbers) -> Numbers:
        """Of each name what its words give together, in whatever order they stand."""
        return np.asarray(together.reduceat(of_words[self.at], self.starts)) if len(self.starts) else of_words[:0]

    def _in_order(self, of_words: pl.Series) -> Numbers:
        place = np.arange(len(self.at)) - np.repeat(self.starts, self._ends() - self.starts)
        # Products with odd numbers keep all bits, so that (a, b) and (b, a) differ.
        powers = np.cumprod(np.full(int(place.max(initial=0)) + 1, _ODD, dtype=np.uint64))
        mixed = of_words.to_numpy()[self.at] * powers[place]
        return np.asarray(np.add.reduceat(mixed, self.starts)) if len(self.starts) else mixed


def _by_letters(pairs: Pairs, forms: pl.DataFrame) -> pl.Series:
    letters = pairs.forms(forms.select("bare"))
    jaro = letters.select(jaro=pds.str_jw("bare", "bare_2", parallel=True)).to_series()
    # One slip in four letters leaves a similarity of 0.83 at least, so edits are counted for few pairs.
    alike = (jaro >= _PARTIAL).arg_true()
    different = pl.repeat(_CODE["different"], len(jaro), dtype=pl.Int8, eager=True)
    if not len(alike):
        return different
    scored = pairs.at(alike).forms(forms.select("bare", "initials", "has_letter", "count"))
    found = scored.with_columns(jaro=jaro.gather(alike)).select(_alike()).to_series()
    return different.scatter(alike, found)


def _alike() -> pl.Expr:
    edits = pds.str_osa("bare", "bare_2", parallel=True)
    is_long = pl.max_horizontal(pl.col("bare", "bare_2").str.len_chars()) >= _SHORTEST_FOR_A_SLIP
    # "Nguyễn A" and "Nguyễn B" are one letter apart, and two people.
    has_other = _HAS_LETTER & (pl.col("count") == pl.col("count_2")) & (pl.col("initials") != pl.col("initials_2"))
    cases = [
        (pl.col("bare") == pl.col("bare_2"), "unaccented"),
        ((edits <= 1) & is_long & ~has_other, "near"),
        ((pl.col("jaro") >= _SIMILAR) & ~has_other, "similar"),
    ]
    return chosen([(case, _CODE[name]) for case, name in cases], _CODE["partial"])


def _by_accents(left: pl.Series, right: pl.Series) -> pl.Series:
    """Of names with the same letters: whether one only lacks accents that the other has; hỏi and ngã are one."""
    sides = {name: by_value(side, _letters) for name, side in (("left", left), ("right", right))}
    rows = pl.DataFrame(sides).with_row_index("at").filter(pl.col("left") != pl.col("right"))
    letters = rows.with_columns(pl.col("left", "right").str.split("")).explode("left", "right")
    differs = (pl.col("left") != pl.col("right")) & ~pl.any_horizontal(pl.col("left", "right").str.contains("[a-z]"))
    other = letters.filter(differs)["at"].unique()
    found = pl.repeat(_CODE["unaccented"], len(left), dtype=pl.Int8, eager=True)
    return found.scatter(other, pl.repeat(_CODE["other_accents"], len(other), dtype=pl.Int8, eager=True))


def _letters(text: pl.Expr) -> pl.Expr:
    """The letters alone, each with its accents as one character as far as there is one."""
    one_tone = text.str.normalize("NFD").str.replace_all("\u0303", "\u0309", literal=True).str.normalize("NFC")
    return one_tone.str.replace_all(r"[^\p{L}\p{N}]+", "")


def _by_words(pairs: Pairs, forms: pl.DataFrame) -> pl.Series:
    """Codes of what only whole words show."""
    wanted = ["sorted", "folded", "initials", "last", "marks", "count", "has_letter"]
    rows = pairs.forms(forms.select(wanted)).with_columns(
        has_words=(pl.col("count") > 1) | (pl.col("count_2") > 1),
        has_initials=_HAS_LETTER & (pl.col("initials") == pl.col("initials_2")),
    )
    cases = [
        (pl.col("has_words") & (pl.col("sorted") == pl.col("sorted_2")), "reordered"),
        (pl.col("folded") == pl.col("folded_2"), "near"),
        (pl.col("has_initials") & pl.col("has_written"), "initials"),
        (pl.col("has_words") & ~_HAS_LETTER & pl.col("has_all"), "subset"),
        (pl.col("has_words") & (pl.col("last") == pl.col("last_2")), "partial"),
    ]
    told = rows.with_columns(_contained(pairs, forms, rows))
    return told.select(chosen([(case, _CODE[name]) for case, name in cases])).to_series()


def _contained(pairs: Pairs, forms: pl.DataFrame, rows: pl.DataFrame) -> list[pl.Series]:
    """`has_written`: every word that the more abbreviated name writes out is a word of the other; `has_all`: and there
    is one."""
    both = pl.col("marks") & pl.col("marks_2")
    some = rows.select((both == pl.col("marks")) | (both == pl.col("marks_2"))).to_series().arg_true()
    none = pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
    if not len(some):
        return [none.alias("has_written"), none.alias("has_all")]
    sides = (
        pairs.at(some).forms(forms.select("words")).select(pl.all().str.split(" ").list.eval(_WRITTEN).list.unique())
    )
    shared = pl.col("words").list.set_intersection("words_2").list.len()
    fewer = pl.min_horizontal(pl.col("words", "words_2").list.len())
    found = sides.select(has_written=shared == fewer, has_all=(shared == fewer) & (shared > 0))
    # Scattering works in place, on what it is given.
    return [none.clone().scatter(some, each).alias(each.name) for each in found.get_columns()]


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `frequency` (true)."""
    return Name(Options("name", options, ("frequency",)).flag("frequency", True))
