"""From old codes to new ones, and what a code meant: most codes were used again with another meaning on 1 July 2025."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

import polars as pl

from matching.standardise.units import names, tables

NO_CODES = pl.lit([], pl.List(pl.String))
"""Where nothing is known."""


def new_units(old_code: str) -> list[str]:
    """The codes of the new communes that an old one became or was split among; none for a code that never was."""
    candidates: list[str] = candidates_of_old([old_code]).to_list()[0]
    return candidates


def candidates_of_old(codes: Iterable[str | None]) -> pl.Series:
    """`new_units` of many codes, in their order; a code with lost leading zeros is found too."""
    asked = pl.Series("old_code", list(codes), pl.String).str.zfill(5).to_frame()
    return asked.join(old_meanings(), on="old_code", how="left", maintain_order="left")["candidates"].fill_null([])


@cache
def old_meanings() -> pl.DataFrame:
    """Old_code and candidates: the new communes its unit went into."""
    return tables.crosswalk().group_by("old_code").agg(pl.col("new_code").sort().alias("candidates")).sort("old_code")


def valid_name(code: str, on_date: dt.date) -> str | None:
    """What the unit with this code was called on that day; null where the code meant nothing then."""
    meant = (pl.col("valid_from") <= on_date) & (pl.col("valid_until").is_null() | (pl.col("valid_until") > on_date))
    found = tables.units().filter(meant, code=code)["name"]
    return None if found.is_empty() else str(found[0])


def read_codes(asked: pl.DataFrame) -> pl.DataFrame:
    """What commune codes mean: `unit_form` ("old", "new", "ambiguous", null) and `unit_candidates`, row by row.

    Reads `code` (leading zeros may be lost), and where given `on_date` (the day it was written), `name` (the unit's
    name beside it, any spelling) and `communes` (the new communes it may lie in). The name decides before the date, as
    old names outlive the reform, and the date before the communes, which decide where they meet one meaning alone.
    Else a code that both lists know is ambiguous, with the new communes of both meanings.
    """
    given = [pl.lit(None, dtype).alias(name) for name, dtype in _GIVEN.items() if name not in asked.columns]
    code = pl.col("code").cast(pl.String).str.zfill(5)
    named = asked.with_columns(given).with_columns(code, key=names.bare_key(pl.col("name")))
    known = named.join(code_meanings(), on="code", how="left", maintain_order="left")
    says_old, says_new = pl.col("key") == pl.col("old_name"), pl.col("key") == pl.col("new_name")
    form = (
        pl.when(pl.col("old").is_null() & pl.col("new").is_null())
        .then(None)
        .when(pl.col("new").is_null() | (says_old & ~says_new).fill_null(value=False))
        .then(pl.lit("old"))
        .when(pl.col("old").is_null() | (says_new & ~says_old).fill_null(value=False))
        .then(pl.lit("new"))
        .when(pl.col("on_date") < tables.NEW_FROM)
        .then(pl.lit("old"))
        .when(pl.col("on_date") >= tables.NEW_FROM)
        .then(pl.lit("new"))
        .when(_meets("old") & ~_meets("new"))
        .then(pl.lit("old"))
        .when(_meets("new") & ~_meets("old"))
        .then(pl.lit("new"))
        .otherwise(pl.lit("ambiguous"))
    )
    return known.select(unit_form=form).with_columns(unit_candidates=pl.Series(_candidates(known, form)))


_GIVEN = {"on_date": pl.Date(), "name": pl.String(), "communes": pl.List(pl.String())}


def _meets(meaning: str) -> pl.Expr:
    return (pl.col("communes").list.set_intersection(meaning).list.len() > 0).fill_null(value=False)


def _candidates(known: pl.DataFrame, form: pl.Expr) -> pl.Series:
    old, new = pl.col("old").fill_null(NO_CODES), pl.col("new").fill_null(NO_CODES)
    both = old.list.set_union(new).list.sort()
    chosen = pl.when(form == "old").then(old).when(form == "new").then(new).when(form == "ambiguous").then(both)
    return known.select(chosen.otherwise(NO_CODES).alias("unit_candidates")).to_series()


@cache
def code_meanings() -> pl.DataFrame:
    """Code; `old` and `new`: the new communes it stands for as an old and as a new code; both names as keys."""
    key = names.bare_key(pl.col("name"))
    old = tables.old_communes().select("code", old_name=key)
    old = old.join(old_meanings().rename({"old_code": "code", "candidates": "old"}), on="code", how="left")
    new = tables.new_communes().select("code", new_name=key, new=pl.concat_list("code"))
    return old.join(new, on="code", how="full", coalesce=True).sort("code")


@cache
def new_province_codes() -> dict[str, str]:
    """The new province of each province code; a new code stands for itself."""
    return dict(tables.provinces().select("code", "new_code").iter_rows())
