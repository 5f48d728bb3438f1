"""Location words in the names of organisations: each place in one spelling, and which of them a name has."""

from functools import cache

import polars as pl

from matching.standardise.units import names, tables

_WRITTEN = {
    "viet nam": "vietnam|vn",
    "ho chi minh": "tp ?hcm|hcmc?|ho chi minh city",
    "binh duong": "binhduong|bd",
    "ha noi": "hanoi|hn",
    "sai gon": "saigon|sg",
    "dong nai": "dongnai",
    "da nang": "danang",
    "hai phong": "haiphong",
}
"""How each place is written too, unaccented."""
SHORT = rf"\b(?:{'|'.join(_WRITTEN.values())})\b"
"""In an unaccented name that has a place in another spelling."""


def written_out(words: pl.Series) -> pl.Series:
    """The unaccented words with each place in one spelling: "viet nam" for "vn" and "vietnam"; few names have any."""
    some = words.str.contains(SHORT).fill_null(value=False).arg_true()
    told = pl.col("words")
    for place, written in _WRITTEN.items():
        told = told.str.replace_all(rf"\b(?:{written})\b", place)
    read = words.gather(some).alias("words").to_frame().select(told).to_series()
    # Scattering works in place, on what it is given.
    return words.clone().scatter(some, read)


def places(keys: pl.Series) -> pl.Series:
    """The country, provinces and regions that the unaccented name has words of, in its order: "viet nam, binh duong".

    A proper name may have such words too ("Thái Bình"), so they stay in the core; null where there are none.
    """
    words = written_out(keys.str.replace_all("[^a-z0-9]+", " ")).alias("words")
    some = words.str.contains(_pattern()).fill_null(value=False).arg_true()
    found = pl.col("words").str.extract_all(_pattern()).list.unique(maintain_order=True).list.join(", ")
    told = words.gather(some).to_frame().select(found).to_series()
    return pl.repeat(None, len(keys), dtype=pl.String, eager=True).scatter(some, told).alias("places")


@cache
def _pattern() -> str:
    """Every place of two words and more; one word alone ("Huế") is a proper name's as often as a place's."""
    provinces = pl.concat([tables.provinces()["name"], tables.new_provinces()["name"]]).unique().to_frame()
    keys = provinces.select(names.name_key(names.bare(pl.col("name"))).str.replace_all(" , ", " ")).to_series()
    named = {*keys.to_list(), "viet nam", "sai gon", "mien bac", "mien trung", "mien nam"}
    known = sorted((each for each in named if " " in each), key=lambda each: (-len(each), each))
    return rf"\b(?:{'|'.join(known)})\b"
