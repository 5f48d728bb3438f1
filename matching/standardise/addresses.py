"""Addresses in free text: the commune, district and province they name, in the old or the new form, and what is left.

Read from the right, with the names of real units as the dictionary: the longest last words that are a province, before
them a district, before it a commune there. So commas may be missing, accents too, and a street named after a town is
no town. What the dictionary does not settle stays open; nothing is guessed.
"""

import polars as pl

from matching.standardise.address_words import words
from matching.standardise.units import gazetteer
from matching.standardise.units.change import NO_CODES, old_meanings
from matching.standardise.units.names import COMMUNE_TYPES

FORMS: dict[str, pl.DataType] = {
    "detail": pl.String(),
    "commune_code": pl.String(),
    "district_code": pl.String(),
    "province_code": pl.String(),
    "unit_form": pl.String(),
    "unit_candidates": pl.List(pl.String()),
}
"""What is read from an address. `unit_form`: "old", "new", or "ambiguous" where both forms have such a commune."""

_LONGEST = 6
_MOST_CANDIDATES = 8
_STREET = (
    "duong d hem ngo ngach pho lo kcn ccn kdc nghiep cho cau cong ap thon xom to khom ban buon khu kp tdp so ql dt to "
    "cu dan ktx truong benh vien nha"
).split()
_COMMUNE = "phuong p f xa x tt tran".split()
_DISTRICT = "huyen h quan q tx tp".split()
_NO_PROVINCE = [*_STREET, *_COMMUNE, *_DISTRICT]
_NO_DISTRICT = [*_STREET, *_COMMUNE, "khu", "tinh"]


def read(addresses: pl.Series) -> pl.DataFrame:
    """One row of FORMS for each address; the addresses are best distinct."""
    texts = words(addresses.fill_null("")).with_row_index("row").with_columns(end=pl.col("words").list.len())
    provinces = _provinces(texts.select("row", "words", "end"))
    placed = texts.select("row", "words").join(provinces, on="row")
    districts = _districts(placed)
    communes = _communes(texts.select("row", "words", "accented"), provinces, districts)
    return _told(texts, provinces, districts, communes)


def _tails(places: pl.DataFrame) -> pl.DataFrame:
    """Each row once for each number of words before its `end`, with their `key` and the words `before` and `earlier`."""
    size = pl.int_range(1, _LONGEST + 1, dtype=pl.Int64)
    sizes = places.with_columns(pl.col("end").cast(pl.Int64)).join(pl.select(size=size), how="cross")
    kept = sizes.filter(pl.col("size") <= pl.col("end"))
    start = pl.col("end") - pl.col("size")
    return kept.with_columns(
        key=pl.col("words").list.slice(start, pl.col("size")).list.join(" "),
        before=pl.when(start >= 1).then(pl.col("words").list.get(start - 1, null_on_oob=True)),
        earlier=pl.when(start >= 2).then(pl.col("words").list.get(start - 2, null_on_oob=True)),
    ).drop("words")
