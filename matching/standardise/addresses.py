"""Addresses in free text: the commune, district and province they name, in the old or the new form, and what is left.

Read from the right, with the names of real units as the dictionary: the longest last words that are a province, before
them a district, before it a commune there. So commas may be missing, accents too, and a street named after a town is
no town. One that begins with its province and does not end in one is read from its last part to its first. What the
dictionary does not settle stays open; nothing is guessed.
"""

import polars as pl

from matching.lower_case import lower, lowered
from matching.standardise.address_units import find_units
from matching.standardise.address_words import accented_words, lookup_words
from matching.standardise.distinct import Remembered, told_apart
from matching.standardise.units import gazetteer, names

FORMS: dict[str, pl.DataType] = {
    "detail": pl.String(),
    "commune_code": pl.String(),
    "district_code": pl.String(),
    "province_code": pl.String(),
    "unit_form": pl.String(),
    "unit_candidates": pl.List(pl.String()),
}
"""What is read from an address.

`unit_form`: "old", "new", or "ambiguous" where several communes have that name, in one form or in both; those that
they became are its candidates.
"""

_AND_NUMBER = r"[. ]{0,2}(?:[a-zà-ỹ']+ ){0,4}[0-9]{1,2}"
_WORD = rf"(?:ph[ưu][ờo]ng|x[ãa]|tr[ấa]n|qu[ậa]n){_AND_NUMBER}"
_LETTER = rf"(?:[pqfx]|tt){_AND_NUMBER}"
# No \b: it would keep the regex engine from its fast automaton, which reads from the end. So a letter needs something
# that is no word before it, and the number needs it after it, and one such character may be both.
_MORE = rf"(?:\W{_LETTER})*(?:\W|$)"
_TAIL = rf"(?i)(?:^{_LETTER}{_MORE})?(?:[^0-9]|(?:{_WORD}|\W{_LETTER}){_MORE})*$"
"""From the last number on that belongs to no unit."""
_BEGUN = r"^[^0-9,]+?(?:,|\s-\s)"
"""A first part without numbers, as a province is."""


def read(addresses: pl.Series) -> pl.DataFrame:
    """One row of FORMS for each address."""
    texts = addresses.rename("text").to_frame().with_columns(pl.col("text").fill_null(""))
    known = _read_texts(texts).with_row_index("at")
    backward = _province_first(texts.with_row_index("at"))
    if backward.is_empty():
        return known.select(*FORMS)
    turned = backward.select(text=pl.col("parts").list.reverse().list.join(", "))
    again = pl.concat([backward.select("at"), _read_texts(turned)], how="horizontal")
    named = again.drop_nulls(["province_code", "unit_form"])
    return pl.concat([known.join(named, on="at", how="anti"), named]).sort("at").select(*FORMS)


def _province_first(texts: pl.DataFrame) -> pl.DataFrame:
    """The texts, as `parts`, whose first part is a province and whose last part is none."""
    begun = texts.filter(pl.col("text").str.contains(_BEGUN))
    # "Bà Rịa - Vũng Tàu" is one part where commas are in use.
    has_comma = pl.col("text").str.contains(",", literal=True)
    commas = pl.when(has_comma).then("text").otherwise(pl.col("text").str.replace_all(r"\s-\s", ","))
    parts = lower(commas).str.replace_all(r"\s*,\s*", ",").str.strip_prefix("việt nam,").str.split(",")
    split = begun.select("at", parts=parts).with_columns(pl.col("parts").list.first().alias("first"))
    split = split.with_columns(last=pl.col("parts").list.last())
    provinces = _provinces(pl.concat([split["first"], split["last"].rename("first")]))
    return split.join(provinces, on="first", how="semi").join(provinces, left_on="last", right_on="first", how="anti")


def _provinces(parts: pl.Series) -> pl.DataFrame:
    """Those of the parts that are provinces, each once."""
    bare = pl.col("first").str.strip_chars().str.replace(r"^(?:tỉnh|thành phố|tinh|thanh pho|tp|t)[. ]+", "")
    keys = gazetteer.province_keys()["key"].implode()
    return parts.unique().to_frame().filter(names.name_key(bare).is_in(keys))


def _read_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """One row of FORMS for each `text`."""
    texts = texts.with_columns(tail=pl.col("text").str.extract(_TAIL, 0))
    # Many addresses share what follows the last number, so it is read once.
    tails, at = told_apart(texts.select(_marked()).to_series())
    known = pl.concat([texts, _read_tails(tails)[at]], how="horizontal")
    number = lowered(known.select(pl.col("text").str.strip_suffix(pl.col("tail"))).to_series())
    known = known.with_columns(detail=(number + pl.col("left")).str.strip_chars(" ,"))
    return known.with_columns(detail=pl.when(pl.col("detail") != "").then("detail")).select(*FORMS)


def _marked() -> pl.Expr:
    """The tail; with a nought before it where a number stands right there, so that "45 Bình Hòa" begins no name."""
    follows = (pl.col("tail") != pl.col("text")) & ~pl.col("tail").str.contains(r"^\s*,")
    return pl.when(follows).then(pl.lit("0") + pl.col("tail")).otherwise("tail")


def _read_marked(tails: pl.Series) -> pl.DataFrame:
    """What is read from each, and what no unit claimed of it as `left`."""
    words = tails.to_frame("read").with_row_index("row")
    words = words.with_columns(accented=accented_words(lower(pl.col("read"))))
    words = words.with_columns(words=lookup_words(pl.col("accented")))
    found = find_units(words.select("row", "accented", "words"))
    placed = words.join(found, on="row", how="left", maintain_order="left").with_columns(left=_left())
    return placed.drop("row", "read", "accented", "words", "cut")


_read_tails = Remembered(_read_marked, most=65536)


def _left() -> pl.Expr:
    """What no unit claimed of the tail, with what parts it from the number before."""
    # No tail begins with a digit of its own.
    tail = pl.col("read").str.strip_prefix("0")
    words = pl.col("accented").list.head(pl.col("cut")).list.join(" ")
    words = pl.when(pl.col("read") != tail).then(words.str.strip_prefix("0")).otherwise(words)
    words = words.str.strip_chars(" ,").str.replace_all(" ,", ",", literal=True)
    comma = pl.when(tail.str.contains(r"^\s*,")).then(pl.lit(", "))
    space = pl.when(tail.str.contains(r"^\s")).then(pl.lit(" ")).otherwise(pl.lit(""))
    return pl.when(words == "").then(pl.lit("")).otherwise(pl.coalesce(comma, space) + words)
