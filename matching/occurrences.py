"""Whom a record names apart from any register: records that surely mean the same one share a key.

A key says too little rather than too much: two keys of one person are forwarded to one entry once both are linked,
while one key of two persons could never be taken apart again without harm.
"""

import polars as pl

from matching import keys
from matching.numbers import has_check_digit
from matching.schemas import OCCURRENCES, check


def occurrences(mentions: pl.DataFrame) -> pl.DataFrame:
    """OCCURRENCES of RECORDS: every role that names somebody, in the order of record and role."""
    standing = mentions.filter(pl.col("is_named") & ~pl.col("is_withdrawn"))
    named = standing.with_columns(about_on="event_date", name=keys.sorted_words(pl.col("words")))
    return check(named.with_columns(key=_key()), OCCURRENCES).sort("record_id", "role")


def _key() -> pl.Expr:
    """The first that can be told: by citizen ID, CMND or tax code, each with the name; or the record's own."""
    is_person, has_full_name = pl.col("reference") == "population", pl.col("name").str.contains(" ", literal=True)
    company = pl.coalesce(keys.sorted_words(pl.col("core")), "name")
    own = pl.concat_str(pl.lit("record"), "record_id", "role", separator="|")
    return pl.coalesce(
        pl.when(is_person & has_full_name & _is_own_citizen_id()).then(_joined("citizen_id", "number", "name")),
        # A CMND says nothing of its holder, so the record's birth year has to.
        pl.when(is_person & has_full_name & pl.col("number").str.contains(r"^\d{9}$")).then(
            _joined("cmnd", "number", "name", pl.col("birth_date").dt.year().cast(pl.String))
        ),
        pl.when(~is_person & has_check_digit(pl.col("number"))).then(_joined("tax_code", "number", company)),
        own,
    )


def _joined(kind: str, *parts: str | pl.Expr) -> pl.Expr:
    """The parts behind their kind; null if any of them is."""
    return pl.concat_str(pl.lit(kind), *parts, separator="|")


def _is_own_citizen_id() -> pl.Expr:
    """Whether the number is a citizen ID that the record's own birth year and sex, where told, do not contradict.

    Digit 4 tells century and sex, digits 5 and 6 the year (Circular 59/2021/TT-BCA).
    """
    number = pl.col("number")
    fourth = number.str.slice(3, 1).cast(pl.Int32, strict=False)
    year = 1900 + 100 * (fourth // 2) + number.str.slice(4, 2).cast(pl.Int32, strict=False)
    is_other_year = (year != pl.col("birth_date").dt.year()).fill_null(False)
    is_other_sex = (fourth % 2 + 1 != pl.col("sex")).fill_null(False)
    return number.str.contains(r"^\d{12}$").fill_null(False) & ~is_other_year & ~is_other_sex
