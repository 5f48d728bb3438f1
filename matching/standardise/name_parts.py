"""Parts of a person's name, the form in which spellings that clerks take for one another fall together, and the form
that an abbreviated name shares with the whole one.

Near is not equal: Lý and Lí, Vũ and Võ, Nguyễn and Nguyển are different legal names, and their `form` stays different.
"""

import re

import polars as pl

from matching.standardise.name_words import Words, words_of
from matching.standardise.syllables import fold, split_tone, with_tone

PARTS = ("surname", "middle", "given", "sorted", "near", "initials")
_HOOK, _TILDE = "\u0309", "\u0303"
_FINAL_Y = re.compile(r"((?:[^aeiouyăâêôơư]|qu)*)y")
_LOST_APOSTROPHE = re.compile("h[bcdđgklmnpqrstvx]")
"""No Vietnamese word begins so, but an Ê-đê woman's name whose apostrophe was lost does: "HLan" for "H'Lan"."""
_DOUBLETS = {
    "huỳnh": "hoàng", "huynh": "hoang", "vỏ": "vủ", "vo": "vu", "phước": "phúc", "phuoc": "phuc", "châu": "chu",
    "chau": "chu", "nhơn": "nhân", "nhon": "nhan", "sanh": "sinh", "bửu": "bảo", "buu": "bao",
}  # fmt: skip
"""North and south say the same name differently; the tone is folded before."""


_ABBREVIATED = re.compile("[b-df-hj-np-tv-xz]{2,4}")
_LETTER_PAIRS = ("ch", "gh", "kh", "ng", "ngh", "nh", "ph", "th", "tr")
"""What one sound at the beginning of a word is written with: "Ng." and "Th." stand for one word each."""


def parts(frame: pl.DataFrame) -> pl.DataFrame:
    """`PARTS` of the names in `form`; null for an organisation, and where a name has no such part.

    The family name comes first, but for names that begin with the Ê-đê's H' or Y and have three words or more: the
    given name comes second there, and what follows is the clan ("Niê Kđăm"). The Xơ-đăng's "Y Thảo" and "A Sáng" have
    none. `initials` is the given name and the first letters of the other words, without accents: "lan ntn" for
    "Nguyễn Thị Ngọc Lan".
    """
    words = words_of(frame.select(pl.when(~pl.col("is_organisation")).then("form")).to_series())
    word, count = pl.col("words").list, pl.col("words").list.len().cast(pl.Int64)
    is_marked = word.first().is_in(["h", "y"])
    is_last = is_marked & (count >= 3)
    is_xo_dang = (word.first() == "a") & (count == 2)
    has_surname = (count >= 2) & (~is_marked | is_last) & ~is_xo_dang
    start = pl.when(has_surname & ~is_last).then(1).otherwise(0)
    given_at = pl.when(is_last).then(1).otherwise(count - 1)
    found = pl.DataFrame(_spellings(words)).with_columns(
        *(_surname(each, has_surname, is_last=is_last).alias(f"{each}_surname") for each in ("words", "letters")),
        has_clans=(is_last & (count > 3)).fill_null(value=False),
        start=start,
        length=given_at - start,
        given_at=given_at,
    )
    found = found.with_columns(_clans(found, "words", " "), _clans(found, "letters", "")).with_columns(
        pl.col(each).list.slice("start", "length").list.join(between).alias(f"{each}_middle")
        for each, between in (("words", " "), ("letters", ""))
    )
    return found.select(
        surname="words_surname",
        middle=pl.when(pl.col("words_middle") != "").then("words_middle"),
        given=word.get("given_at", null_on_oob=True),
        sorted="sorted",
        near="near",
        initials=_initials(pl.col("folded").list.get("given_at", null_on_oob=True)),
    )


def _spellings(words: Words) -> dict[str, pl.Series]:
    """The words, and the texts that need each word in another order or spelling."""
    return {
        "words": words.lists(),
        "letters": words.rewritten(_letters).lists(),
        "folded": words.rewritten(fold).lists(),
        "sorted": words.sorted().joined(),
        "near": words.rewritten(_near).joined(),
    }


def _surname(words: str, has_surname: pl.Expr, *, is_last: pl.Expr) -> pl.Expr:
    word = pl.col(words).list
    return pl.when(has_surname).then(pl.when(is_last).then(word.last()).otherwise(word.first()))


def _clans(found: pl.DataFrame, words: str, between: str) -> pl.Series:
    """The surnames with all words of a clan that has several; those are too few to join the words of every name."""
    at = found["has_clans"].arg_true()
    # Scattering works in place, on what it is given.
    clans = found[words].gather(at).list.slice(2).list.join(between)
    return found[f"{words}_surname"].clone().scatter(at, clans)


def _initials(given: pl.Expr) -> pl.Expr:
    """The given name before the letters of the other words, the family name first."""
    others = pl.concat_str("letters_surname", "letters_middle", ignore_nulls=True)
    return pl.when(others == "").then(given).otherwise(pl.concat_str(given, pl.lit(" "), others))


def _letters(word: str) -> str:
    """The first letter of the word without its accent, or all of "TT", where each letter stands for a word."""
    bare = fold(word)
    return bare if _ABBREVIATED.fullmatch(bare) and bare not in _LETTER_PAIRS else bare[:1]


def _near(word: str) -> str:
    """The word with ngã as hỏi, a final y as i, and the northern one of a regional doublet; "hlan" as "h lan"."""
    if _LOST_APOSTROPHE.match(word):
        return f"h {_near(word[1:])}"
    bare, tone = split_tone(word)
    if not bare.isalpha() or len(tone) > 1:
        return word
    vowel = _FINAL_Y.fullmatch(bare)
    bare = f"{vowel[1]}i" if vowel else bare
    folded = with_tone(bare, _HOOK if tone == _TILDE else tone)
    return _DOUBLETS.get(folded, folded)
