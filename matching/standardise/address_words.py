"""An address as words: separators as words of their own, abbreviations apart from names, a form without accents."""

import polars as pl

from matching.standardise.units import names

_STEPS = (
    (r"\([^()]*\)?", " "),  # "(phường Phú Cường cũ)" explains what stands beside it
    (r"['’ʼ`´]\s?", ""),
    (r"\bt\.\s?p\b", "tp"),
    (r"\bt\.\s?x\b", "tx"),
    (r"\bt\.\s?t\b", "tt"),
    (r"\bk\.\s?p\b", "kp"),
    (r"\bh\.\s?c\.\s?m\b", "hcm"),
    (r"[,;|:\n\t–—_]", " , "),
    (r"\s-+\s?|\s?-+\s", " , "),
    (r"(\p{L})-(\p{L})", "${1} , ${2}"),
    (r"\.", " "),
    (r"\b(kp|tdp|tp|tx|tt|p|f|q|x|h)(\d+)\b", "${1} ${2}"),
    (r"\s+", " "),
    (r"( ,)+ ", " , "),
    (r"^[ ,]+|[ ,]+$", ""),
    (r"( ,)? (viet nam|việt nam|vietnam|vn)$", ""),
)
"""Named by what they find: (regex, replacement), in order, on lower-case text."""


def words(addresses: pl.Series) -> pl.DataFrame:
    """For each address its `accented` words in lower case, and as many `words` in the spelling units are looked up by."""
    text = pl.col("address").str.to_lowercase()
    for found, replacement in _STEPS:
        text = text.str.replace_all(found, replacement)
    frame = addresses.rename("address").to_frame().select(text.alias("text"))
    return frame.select(
        accented=pl.col("text").str.split(" "),
        words=names.spelling(names.unaccented(pl.col("text"))).str.split(" "),
    )
