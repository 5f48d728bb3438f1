"""Addresses in free text: the commune, district and province they name, in the old or the new form, and what is left.

Read from the right, with the names of real units as the dictionary: the longest last words that are a province, before
them a district, before it a commune there. So commas may be missing, accents too, and a street named after a town is
no town. What the dictionary does not settle stays open; nothing is guessed.
"""

import polars as pl

from matching.standardise.address_units import find_units
from matching.standardise.address_words import accented_words, lookup_words

FORMS: dict[str, pl.DataType] = {
    "detail": pl.String(),
    "commune_code": pl.String(),
    "district_code": pl.String(),
    "province_code": pl.String(),
    "unit_form": pl.String(),
    "unit_candidates": pl.List(pl.String()),
}
"""What is read from an address. `unit_form`: "old", "new", or "ambiguous" where both forms have such a commune."""

_NUMBERED = r"(?:ph[ưu][ờo]ng|x[ãa]|tr[ấa]n|qu[ậa]n|\b[pqfx]|\btt)[. ]{0,2}(?:[\p{L}']+ ){0,4}\d{1,2}\b"
_TAIL = rf"((?:[^0-9]|{_NUMBERED})*)$"
_HAS_NUMBERED = rf"{_NUMBERED}[^0-9]*$"


def read(addresses: pl.Series) -> pl.DataFrame:
    """One row of FORMS for each address."""
    texts = addresses.rename("address").to_frame().select(text=pl.col("address").fill_null("").str.to_lowercase())
    texts = texts.with_columns(tail=_tail(pl.col("text"))).with_columns(read=_told_apart())
    tails = texts.select("tail", "read").unique("read", maintain_order=True)
    tails = tails.with_columns(accented=accented_words(pl.col("read"))).with_row_index("row")
    tails = tails.with_columns(words=lookup_words(pl.col("accented")))
    found = tails.join(find_units(tails.select("row", "accented", "words")), on="row").with_columns(left=_left())
    known = texts.join(found.drop("tail"), on="read", how="left", maintain_order="left")
    detail = (pl.col("text").str.strip_suffix(pl.col("tail")) + pl.col("left")).str.strip_chars(" ,")
    return known.with_columns(detail=pl.when(detail != "").then(detail)).select(*FORMS)


def _tail(text: pl.Expr) -> pl.Expr:
    """From the last number on that belongs to no unit: many addresses share what follows it, so it is read once."""
    plain = text.str.replace(r"(?s)^.*[0-9]", "")
    numbered = pl.when(text.str.contains(_HAS_NUMBERED)).then(text)  # few, and the null ones cost nothing
    return pl.coalesce(numbered.str.extract(_TAIL), plain)


def _told_apart() -> pl.Expr:
    """The tail; with a nought before it where a number stands right there, so that "45 Bình Hòa" begins no name."""
    follows = (pl.col("tail") != pl.col("text")) & ~pl.col("tail").str.contains(r"^\s*,")
    return pl.when(follows).then(pl.lit("0") + pl.col("tail")).otherwise("tail")


def _left() -> pl.Expr:
    """What no unit claimed of the tail, with what parts it from the number before."""
    words = pl.col("accented").list.head(pl.col("cut")).list.join(" ")
    words = pl.when(pl.col("read") != pl.col("tail")).then(words.str.strip_prefix("0")).otherwise(words)
    words = words.str.strip_chars(" ,").str.replace_all(" ,", ",", literal=True)
    comma = pl.when(pl.col("tail").str.contains(r"^\s*,")).then(pl.lit(", "))
    space = pl.when(pl.col("tail").str.contains(r"^\s")).then(pl.lit(" ")).otherwise(pl.lit(""))
    return pl.when(words == "").then(pl.lit("")).otherwise(pl.coalesce(comma, space) + words)
