"""`name`: names of persons in any language, as a whole or a part, with what Vietnamese and other clerks do to them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import polars_ds as pds

from matching import keys as words_of
from matching.engine import keys
from matching.engine.kinds.base import Kind, Level, chosen, codes
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import by_value, tidy
from matching.engine.kinds.weighted_words import Pairs, plain_words
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
        equal = (by_letters == _CODE["unaccented"]).arg_true()
        by_letters = by_letters.scatter(equal, _by_accents(*pairs.at(equal).values()))
        rest = (by_letters < _CODE["other_accents"]).arg_true()
        best = pl.select(pl.max_horizontal(by_letters.gather(rest), _by_words(pairs.at(rest), forms))).to_series()
        return by_letters.scatter(rest, best)


def _forms(values: pl.Series) -> pl.DataFrame:
    """What of each name is compared: `bare`, `words`; `sorted`, `folded`, `initials`, `last` as hashes; counts.

    `marks` has a bit for each word that is written out: what lacks a bit of another lacks a word of it.
    """
    plain = keys.unaccented(pl.col("value")).str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    listed = pl.col("words").str.split(" ")
    initials = listed.list.eval(pl.element().str.head(1)).list.sort().list.join("")
    forms = (
        values.alias("value")
        .to_frame()
        .select(words=plain)
        .select(
            "words",
            bare=pl.col("words").str.replace_all(" ", "", literal=True),
            sorted=listed.list.sort().list.join(" ").hash(),
            folded=words_of.folded(pl.col("words")).hash(),
            initials=initials.hash(),
            last=listed.list.last().hash(),
            count=listed.list.len(),
            has_letter=pl.col("words").str.contains(r"(?:^| )\S(?: |$)"),
        )
    )
    return forms.with_columns(_marks(forms["words"]))


def _marks(texts: pl.Series) -> pl.Series:
    bits = pl.Series([1 << place for place in range(64)], dtype=pl.UInt64)
    marked = _full_words(texts).select("at", marks=pl.lit(bits).gather(pl.col("word").hash() % 64))
    found = marked.group_by("at").agg(pl.col("marks").bitwise_or())
    empty = pl.zeros(len(texts), pl.UInt64, eager=True)
    return empty.scatter(found["at"], found["marks"]).alias("marks")


def _by_letters(pairs: Pairs, forms: pl.DataFrame) -> pl.Series:
    letters = pairs.forms(forms.select("bare"))
    jaro = letters.select(jaro=pds.str_jw("bare", "bare_2", parallel=True)).to_series()
    # One slip in four letters leaves a similarity of 0.83 at least, so edits are counted for few pairs.
    alike = (jaro >= _PARTIAL).arg_true()
    scored = pairs.at(alike).forms(forms.select("bare", "initials", "has_letter", "count"))
    found = scored.with_columns(jaro=jaro.gather(alike)).select(_alike()).to_series()
    return pl.repeat(_CODE["different"], len(jaro), dtype=pl.Int8, eager=True).scatter(alike, found)


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
    found = replace(pairs.at(some), distinct=forms["words"]).compact().shared(_full_words)
    has_written = found.both == np.minimum(found.left, found.right)
    none = pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
    told = {"has_written": has_written, "has_all": has_written & (found.both > 0)}
    return [none.scatter(some, pl.Series(each)).alias(name) for name, each in told.items()]


def _full_words(texts: pl.Series) -> pl.DataFrame:
    return plain_words(texts).filter(pl.col("word").str.len_chars() > 1)


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `frequency` (true)."""
    return Name(Options("name", options, ("frequency",)).flag("frequency", True))
