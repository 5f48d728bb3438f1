"""Comparable forms of text as polars expressions: words without accents, sorted words, folded spellings, initials."""

from collections.abc import Iterable

import polars as pl

_FOLDED_SYLLABLES = {
    "hoang": "huynh",
    "vu": "vo",
    "phuc": "phuoc",
    "chu": "chau",
    "nhan": "nhon",
    "sinh": "sanh",
    "bao": "buu",
}
"""North-south doublets: legal names that clerks take for one another, so near, never equal."""


_REMARK = r" (nộp hộ|nop ho|nộp thay|nop thay|và các|va cac|và những|va nhung|ủy quyền|uỷ quyền|uy quyen)\b.*$"


def words(key: pl.Expr) -> pl.Expr:
    """Lower-case words with one space between; apostrophes vanish, other marks separate; `?` (a lost letter) stays."""
    bare = key.str.replace_all(r"['’ʼ`´]", "").str.replace_all(r"[^\p{L}\p{N}?]+", " ").str.strip_chars()
    return pl.when(bare != "").then(bare)


def person(text: pl.Expr) -> pl.Expr:
    """The words of a personal name, accented or not: `Ng` written out, a clerk's remark behind the name cut off."""
    cut = words(text).str.replace(_REMARK, "").str.replace(r"^ng ", "nguyễn ")
    return pl.when(cut != "").then(cut)


def digits(number: pl.Expr) -> pl.Expr:
    """The number without hyphens, dots and spaces."""
    bare = number.str.replace_all(r"[^0-9A-Za-z]", "")
    return pl.when(bare != "").then(bare)


def unaccented(text: pl.Expr) -> pl.Expr:
    """Lower-case text without accents; đ is a letter of its own in Unicode and needs its own step."""
    plain = text.str.to_lowercase().str.normalize("NFD").str.replace_all(r"\p{M}", "")
    return plain.str.replace_all("đ", "d", literal=True)


def address(text: pl.Expr) -> pl.Expr:
    """The words of an address without accents; the slash of a house number in an alley stays."""
    bare = unaccented(text).str.replace_all(r"[^\p{L}\p{N}/?]+", " ").str.strip_chars(" /")
    return pl.when(bare != "").then(bare)


def communes(columns: Iterable[str]) -> pl.Expr:
    """The codes of the columns' lists in order, one space between; null where there are none."""
    lists = [pl.col(name) for name in columns]
    if not lists:
        return pl.lit(None, pl.String)
    codes = pl.concat_list(lists).list.unique().list.sort()
    return pl.when(codes.list.len() > 0).then(codes.list.join(" "))


def sorted_words(text: pl.Expr) -> pl.Expr:
    """The same words in alphabetical order, so that a swapped order of names compares equal."""
    return text.str.split(" ").list.sort().list.join(" ")


def squeezed(text: pl.Expr) -> pl.Expr:
    """The words without spaces, so that a lost or added space is no difference."""
    return text.str.replace_all(" ", "", literal=True)


def given(text: pl.Expr) -> pl.Expr:
    """The last word: the given name, which carries the identity where surnames are few."""
    return text.str.split(" ").list.last()


def surname(text: pl.Expr) -> pl.Expr:
    """The first word."""
    return text.str.split(" ").list.first()


def initials(text: pl.Expr) -> pl.Expr:
    """First letters of the words in order."""
    return text.str.replace_all(r"(\S)\S*\s*", "$1")


def sorted_initials(text: pl.Expr) -> pl.Expr:
    """First letters of the words in alphabetical order."""
    return text.str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.sort().list.join("")


OF_NAME = ("sorted_words", "squeezed", "given", "surname", "initials", "folded")
"""Names of the keys that are made of a personal name."""


def of_name(words: pl.Expr) -> dict[str, pl.Expr]:
    """By OF_NAME the keys of a name's words."""
    made = (sorted_words, squeezed, given, surname, sorted_initials, folded)
    return {name: key(words) for name, key in zip(OF_NAME, made, strict=True)}


def folded(text: pl.Expr) -> pl.Expr:
    """Words with regional doublets and final i/y made one."""
    padded = pl.concat_str(pl.lit(" "), text.str.replace_all(" ", "  ", literal=True), pl.lit(" "))
    for word, twin in _FOLDED_SYLLABLES.items():
        padded = padded.str.replace_all(f" {word} ", f" {twin} ", literal=True)
    return padded.str.replace_all(r"y ", "i ").str.replace_all(r"\s+", " ").str.strip_chars()
