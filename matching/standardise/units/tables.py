"""The administrative units before and since 1 July 2025, keyed by (code, valid_from), and how the old became the new.

Data of the package vietnamadminunits, corrected (corrections.csv) where the lists of the statistics office
(CV 915 and CV 1027/CTK-CSCL) say otherwise.
"""

import datetime as dt
from functools import cache
from importlib.resources import files

import polars as pl

from matching.standardise.units import names, source

OLD_FROM = dt.date(2004, 7, 8)
"""The list of codes came with QĐ 124/2004/QĐ-TTg. Units merged before the reform are told as they last stood."""
NEW_FROM = dt.date(2025, 7, 1)
"""Districts ended and 2,180 codes of communes took another full name."""
_FORMER_TYPES = "(phuong|xa|thitran)"
_COMMUNE = ["code", "name", "district_code", "province_code"]


@cache
def old_communes() -> pl.DataFrame:
    """Code, name, district_code, province_code of the communes before the reform."""
    listed = source.old_units().select(_COMMUNE).drop_nulls("code")
    missing = _corrections("unit").select(pl.col("old_code").alias("code"), "name", "district_code")
    placed = missing.join(listed.select("district_code", "province_code").unique(), on="district_code")
    return pl.concat([listed, placed.select(_COMMUNE)]).sort("code")


@cache
def new_communes() -> pl.DataFrame:
    """Code, name, province_code of the communes since the reform."""
    recoded = _corrections("code").select(code="old_code", corrected="new_code")
    listed = source.new_units().join(recoded, on="code", how="left")
    return listed.select(pl.coalesce("corrected", "code").alias("code"), "name", "province_code").sort("code")


def other_spellings() -> pl.DataFrame:
    """Code and name of old communes that official lists also spell in another way."""
    return _corrections("alias").select(code="old_code", name="name")


@cache
def former_communes() -> pl.DataFrame:
    """Code, type, key (names.run_together): names that were gone before the reform, and the commune each went into."""
    named = source.former_names()
    # The package lists "phuonglien" beside "phuongphuonglien": what another one names with its type is no type itself.
    bare = named.select("code", name=pl.col("name").str.extract(rf"^{_FORMER_TYPES}(.+)$", 2))
    typed = named.join(bare, on=["code", "name"], how="anti")
    key = pl.col("name").str.extract(rf"^{_FORMER_TYPES}(.+)$", 2).str.replace("^0+", "")
    unit_type = pl.col("name").str.extract(f"^{_FORMER_TYPES}").replace("thitran", "thi tran")
    return typed.select("code", type=unit_type, key=names.run_together(key)).drop_nulls().unique()


@cache
def districts() -> pl.DataFrame:
    """Code, name, province_code of the districts, which the reform ended."""
    listed = source.old_units().select(code="district_code", name="district", province_code="province_code")
    return listed.unique().sort("code")


@cache
def provinces() -> pl.DataFrame:
    """Code, name, new_code of the 63 old provinces."""
    old = source.old_units().select("province_code", "province").unique()
    merged = crosswalk().join(_old_places(), on="old_code").join(_new_places(), on="new_code")
    # A pair or two cross a province's border; the province went where nearly all of it went.
    counted = merged.group_by("province_code", "new_province_code").len().sort("len", descending=True)
    became = counted.unique("province_code", keep="first", maintain_order=True)
    named = old.join(became, on="province_code")
    return named.select(code="province_code", name="province", new_code="new_province_code").sort("code")


@cache
def new_provinces() -> pl.DataFrame:
    """Code and name of the 34 provinces."""
    return source.new_units().select(code="province_code", name="province").unique().sort("code")


@cache
def crosswalk() -> pl.DataFrame:
    """Old_code, new_code, part ("whole": the unit went whole; "split": one of its parts).

    Island districts that had no communes stand with their district's code. The package prefers one part of some split
    units, a guess that is not read here.
    """
    old = source.old_units().select(pl.coalesce("code", "district_code").alias("old_code"), old_key="key")
    new = source.new_units().select(new_code="code", new_key="key")
    listed = source.pairs().join(old, on="old_key").join(new, on="new_key").select("old_code", "new_code")
    recoded = _corrections("code").select(pl.col("old_code").alias("new_code"), corrected="new_code")
    listed = listed.join(recoded, on="new_code", how="left")
    listed = listed.with_columns(new_code=pl.coalesce("corrected", "new_code")).drop("corrected")
    keys = ["old_code", "new_code"]
    kept = listed.join(_corrections("drop"), on=keys, how="anti")
    every = pl.concat([kept, _corrections("add").select(keys)]).unique(maintain_order=True)
    part = pl.when(pl.len().over("old_code") == 1).then(pl.lit("whole")).otherwise(pl.lit("split"))
    return every.select(*keys, part.alias("part")).sort(keys)


@cache
def units() -> pl.DataFrame:
    """Code, valid_from, valid_until (the first day it no longer holds), level, name: every meaning of every code."""
    old = [
        _meanings(frame, level, OLD_FROM, NEW_FROM)
        for level, frame in (("commune", old_communes()), ("district", districts()), ("province", provinces()))
    ]
    new = [
        _meanings_until_renamed(frame, level)
        for level, frame in (("commune", new_communes()), ("province", new_provinces()))
    ]
    return pl.concat([*old, *new]).sort("code", "valid_from")


@cache
def renamed(level: str) -> pl.DataFrame:
    """Code, name, valid_from of the new communes or provinces that took another name or type since July 2025."""
    content = files(__package__).joinpath("renamed.csv").read_bytes()
    listed = pl.read_csv(content, infer_schema=False).filter(pl.col("level") == level)
    return listed.select("code", "name", pl.col("valid_from").str.to_date())


def _meanings_until_renamed(frame: pl.DataFrame, level: str) -> pl.DataFrame:
    since = renamed(level)
    first = frame.select("code", "name").join(since.select("code", valid_until="valid_from"), on="code", how="left")
    later = since.with_columns(valid_until=pl.lit(None, pl.Date))
    meanings = pl.concat([first.with_columns(valid_from=pl.lit(NEW_FROM)), later], how="diagonal")
    return meanings.select("code", "valid_from", "valid_until", pl.lit(level).alias("level"), "name")


def _meanings(frame: pl.DataFrame, level: str, since: dt.date, until: dt.date | None) -> pl.DataFrame:
    return frame.select(
        "code",
        pl.lit(since).alias("valid_from"),
        pl.lit(until, pl.Date).alias("valid_until"),
        pl.lit(level).alias("level"),
        "name",
    )


def _old_places() -> pl.DataFrame:
    return old_communes().select(pl.col("code").alias("old_code"), "province_code")


def _new_places() -> pl.DataFrame:
    return new_communes().select(pl.col("code").alias("new_code"), pl.col("province_code").alias("new_province_code"))


@cache
def _corrections(what: str) -> pl.DataFrame:
    content = files(__package__).joinpath("corrections.csv").read_bytes()
    return pl.read_csv(content, infer_schema=False).filter(pl.col("what") == what)
