"""Reads the tables of units that the package vietnamadminunits carries; its code is never imported.

The code would load a geocoder, and its `convert_address` asks one over the network. Its data files are enough.
"""

import json
import sqlite3
from contextlib import closing
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import polars as pl

from matching.errors import UnitDataError

PACKAGE = "vietnamadminunits"
_OLD_UNITS = """
    select wardCode as code, ward as name, districtCode as district_code, district, provinceCode as province_code,
        province, provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '') as key
    from admin_units_legacy order by districtCode, wardCode
"""
_FORMER_NAMES = "select wardCode as code, wardAlias as names from admin_units_legacy where wardAlias is not null"
_NEW_UNITS = """
    select wardCode as code, ward as name, provinceCode as province_code, province, provinceKey || '_' || wardKey as key
    from admin_units order by wardCode
"""


@cache
def old_units() -> pl.DataFrame:
    """One row for each commune before the reform; island districts without communes have a null code."""
    return _select(_OLD_UNITS)


@cache
def new_units() -> pl.DataFrame:
    """One row for each commune since the reform."""
    return _select(_NEW_UNITS)


@cache
def former_names() -> pl.DataFrame:
    """Code of an old commune and a name, without accents or spaces, of one that it took in or that it had itself."""
    named = _select(_FORMER_NAMES).drop_nulls("code")
    return named.select("code", name=pl.col("names").str.json_decode(pl.List(pl.String))).explode("name").unique()


@cache
def pairs() -> pl.DataFrame:
    """Which old unit went into which new one, by the keys of both."""
    tree = json.loads(_data("converter_2025.json").read_bytes())
    whole = [
        (old, f"{province}_{new}")
        for province, communes in tree["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for new, olds in communes.items()
        for old in olds
    ]
    split = [
        (old, f"{province}_{part['newWardKey']}")
        for province, communes in tree["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old, parts in communes.items()
        for part in parts
    ]
    return pl.DataFrame(whole + split, schema={"old_key": pl.String(), "new_key": pl.String()}, orient="row")


def _select(query: str) -> pl.DataFrame:
    # Immutable: an installation may be read-only, and SQLite would want to write a journal beside the file.
    with closing(sqlite3.connect(f"{_data('dataset.db').as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        cursor = database.execute(query)
        names = [column[0] for column in cursor.description]
        return pl.DataFrame(cursor.fetchall(), schema=dict.fromkeys(names, pl.String), orient="row")


def _data(name: str) -> Path:
    try:
        path = Path(str(distribution(PACKAGE).locate_file(f"{PACKAGE}/data/{name}"))).resolve()
    except PackageNotFoundError:
        raise UnitDataError(PACKAGE, name) from None
    if not path.is_file():
        raise UnitDataError(PACKAGE, name)
    return path
