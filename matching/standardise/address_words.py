"""An address as words: separators as words of their own, abbreviations apart from names, a form without accents."""

import polars as pl

from matching.standardise.units import names

_STEPS = (
    (r"\([^()]*\)?|^[^()]*\)", " "),  # "(phường Phú Cường cũ)" explains what stands beside it
    (r"['’ʼ`´]\s?", ""),
    (r"\b(t)\.\s?([ptx])\b|\b(k)\.\s?(p)\b", "${1}${2}${3}${4}"),
    (r"\bh\.\s?c\.\s?m\b", "hcm"),
    (r"[,;|:\n\t–—_]|\s-+\s?|\s?-+\s", " , "),
    (r"(\p{L})-(\p{L})", "${1} , ${2}"),
    (r"\.", " "),
    (r"\b(kp|tdp|tp|tx|tt|p|f|q|x|h)(\d+)\b", "${1} ${2}"),
    (r"\s+", " "),
    (r"( ,)+ ", " , "),
    (r"[ ,]+$", ""),
    (r"( ,)? (viet nam|việt nam|vietnam|vn)$", ""),
)
"""(regex, replacement), in order, on lower-case text."""


def accented_words(text: pl.Expr) -> pl.Expr:
    """The words of lower-case text; a comma between two is a word."""
    for found, replacement in _STEPS:
        text = text.str.replace_all(found, replacement)
    return text.str.split(" ").list.filter(pl.element() != "")


def lookup_words(accented: pl.Expr) -> pl.Expr:
    """The same number of words in the spelling that units are looked up by."""
    spelled = names.spelling(names.unaccented(accented.list.join(" "))).str.split(" ")
    return spelled.list.filter(pl.element() != "")
