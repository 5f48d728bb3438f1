"""What a delivery looks like in counts: how often fields are empty, rows repaired, codes used. No value of a person."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from contracts import Contract, Property

Profile = Mapping[str, Any]
"""rows; missing: by unit rows and empty fields, the unit "" for all; repairs; codes by field. JSON-able."""

ALL_UNITS = ""
UNIT_UNKNOWN = "?"
UNIT_ROWS = 5
"""A unit that fewer rows of a delivery name is left out: where columns are shifted, a person's name stands there."""


def profile(contract: Contract, rows: pl.DataFrame) -> Profile:
    """The profile of standardised rows; those that withdraw a record say nothing and are left out."""
    said = rows.filter(pl.col("_op") != "delete")
    return {
        "rows": said.height,
        "missing": _missing(contract, said),
        "repairs": dict(sorted(said["repairs"].explode().drop_nulls().value_counts().iter_rows())),
        "codes": {each.name: _codes(said[f"{each.name}__std"]) for each in coded(contract)},
    }


def coded(contract: Contract) -> tuple[Property, ...]:
    """The fields whose values are of a short closed list."""
    return tuple(each for each in contract.properties if each.kind == "sex" or any(r.valid_values for r in each.rules))


def _codes(values: pl.Series) -> dict[str, int]:
    counts = values.drop_nulls().cast(pl.String).value_counts()
    return dict(sorted(counts.iter_rows()))


def _missing(contract: Contract, rows: pl.DataFrame) -> dict[str, Any]:
    names = [each.name for each in contract.properties if each.rules]
    counts = [pl.col(each).is_null().sum() for each in names]
    parts = [rows.select(pl.lit(ALL_UNITS).alias("unit"), pl.len().alias("rows"), *counts)]
    if contract.roles:
        unit = pl.col(f"{contract.unit_property}__std").fill_null(UNIT_UNKNOWN)
        by_unit = rows.group_by(unit.alias("unit")).agg(pl.len().alias("rows"), *counts)
        parts.append(by_unit.filter(pl.col("rows") >= UNIT_ROWS))
    table = pl.concat(parts).sort("unit")
    return {
        row.pop("unit"): {"rows": row.pop("rows"), "fields": {name: count for name, count in row.items() if count}}
        for row in table.iter_rows(named=True)
    }
