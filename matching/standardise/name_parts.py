"""Parts of a person's name and the form in which spellings that clerks take for one another fall together.

Near is not equal: Lý and Lí, Vũ and Võ, Nguyễn and Nguyển are different legal names, and their `form` stays different.
"""

import re
from collections.abc import Callable

import polars as pl

from matching.standardise.syllables import split_tone, with_tone

PARTS = ("surname", "middle", "given", "sorted", "near")
_HOOK, _TILDE = "\u0309", "\u0303"
_FINAL_Y = re.compile(r"((?:[^aeiouyăâêôơư]|qu)*)y")
_DOUBLETS = {
    "huỳnh": "hoàng", "huynh": "hoang", "vỏ": "vủ", "vo": "vu", "phước": "phúc", "phuoc": "phuc", "châu": "chu",
    "chau": "chu", "nhơn": "nhân", "nhon": "nhan", "sanh": "sinh", "bửu": "bảo", "buu": "bao",
}  # fmt: skip
"""North and south say the same name differently; the tone is folded before."""


def parts(frame: pl.DataFrame) -> pl.DataFrame:
    """`PARTS` of the names in `form`; null for an organisation, and where a name has no such part.

    The family name comes first, but for names that begin with the Ê-đê's H' or Y and have three words.
    """
    person = pl.when(~pl.col("is_organisation")).then(pl.col("form"))
    words = frame.select(words=person.str.split(" "))
    word, count = pl.col("words"), pl.col("words").list.len()
    is_marked = word.list.first().is_in(["h", "y"])
    is_last = is_marked & (count >= 3)
    has_surname = (count >= 2) & (~is_marked | is_last)
    given = pl.when(is_last).then(word.list.get(count - 2, null_on_oob=True)).otherwise(word.list.last())
    start = pl.when(has_surname & ~is_last).then(1).otherwise(0)
    length = count.cast(pl.Int64) - pl.when(is_last).then(2).otherwise(1) - start
    middle = word.list.slice(start, length.clip(0)).list.join(" ")
    surname = pl.when(is_last).then(word.list.last()).otherwise(word.list.first())
    near = by_word(frame.select(person).to_series(), _near)
    return words.select(
        surname=pl.when(has_surname).then(surname),
        middle=pl.when(middle != "").then(middle),
        given=given,
        sorted=word.list.sort().list.join(" "),
        near=pl.lit(near),
    )


def _near(word: str) -> str:
    """The word with ngã as hỏi, a final y as i, and the northern one of a regional doublet."""
    bare, tone = split_tone(word)
    if not bare.isalpha() or len(tone) > 1:
        return word
    vowel = _FINAL_Y.fullmatch(bare)
    bare = f"{vowel[1]}i" if vowel else bare
    folded = with_tone(bare, _HOOK if tone == _TILDE else tone)
    return _DOUBLETS.get(folded, folded)


def by_word(texts: pl.Series, rewrite: Callable[[str], str]) -> pl.Series:
    """The texts with each word rewritten; the function sees each distinct word once."""
    words = texts.str.split(" ")
    distinct = words.explode().drop_nulls().unique().to_list()
    changed = {word: new for word in distinct if (new := rewrite(word)) != word}
    return words.list.eval(pl.element().replace(changed)).list.join(" ") if changed else texts
