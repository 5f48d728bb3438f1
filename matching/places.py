"""How alike two places are: communes across mergers, and the house, street, residents' group and hamlet of an address.

Addresses are compared by their parts, because one clerk writes the street and another the hamlet of the same house.
"""

import polars as pl

from matching.linkages.home import ADDRESS, COMMUNE
from matching.standardise.units.compare import COMMUNE as SAME
from matching.standardise.units.compare import PROVINCE, place_level

_LEVELS = {SAME: COMMUNE.code("same"), PROVINCE: COMMUNE.code("province")}
_HAMLET = r"\b(?:khu pho|kp|k p|to dan pho|tdp|ap|thon|xom|khom|khu) ?(\d+)\b"
_GROUP = r"\b(?:to|tldc) ?(\d+)\b"
_HOUSE = r"^(?:so nha|so|sn|nha tro|nha)? ?(\d+[a-z]{0,2}(?:/\d+[a-z]{0,2})*)\b"
_UNITS = r"\b(phuong|p|xa|x|thi tran|tt|quan|q|huyen|h|thanh pho|tp|tinh)\s.*$"
"""Where the part that places a house ends and the units above it begin."""
_COMMON = ["so", "nha", "duong", "d", "to", "lo", "kcn", "hem", "khu", "cong", "nghiep", "tro"]
"""Words that stand in most addresses and place nobody."""


def commune_level(wide: pl.DataFrame) -> pl.Series:
    """A code of COMMUNE for the places of `left_` and `right_`, null where a side names none."""
    columns = ["left_communes", "left_province", "right_communes", "right_province"]
    levelled = wide.select(columns).unique().with_columns(level=_commune_level())
    return wide.select(columns).join(levelled, on=columns, how="left", nulls_equal=True, maintain_order="left")["level"]


def _commune_level() -> pl.Expr:
    sides = [_codes(f"{side}_communes") for side in ("left", "right")]
    level = place_level(*sides, left_province=pl.col("left_province"), right_province=pl.col("right_province"))
    return pl.when(level.is_not_null()).then(
        level.replace_strict(_LEVELS, default=COMMUNE.code("different"), return_dtype=pl.Int8)
    )


def _codes(column: str) -> pl.Expr:
    return pl.col(column).str.split(" ").fill_null(pl.lit([], pl.List(pl.String)))


def address_level(wide: pl.DataFrame, *theirs: str) -> pl.Series:
    """The best code of ADDRESS for `left_address` against each of the columns, null where a side names no house."""
    levels = [_level(wide.select(left="left_address", right=column)) for column in theirs]
    return pl.select(pl.max_horizontal(levels)).to_series()


def _level(pairs: pl.DataFrame) -> pl.Series:
    distinct = pairs.unique().drop_nulls()
    sides = [
        pl.concat([distinct.select(side), distinct.select(_parts(side))], how="horizontal")
        for side in ("left", "right")
    ]
    levelled = pl.concat(sides, how="horizontal").select("left", "right", level=_by_parts())
    return pairs.join(levelled, on=["left", "right"], how="left", maintain_order="left")["level"]


def _parts(side: str) -> list[pl.Expr]:
    text = pl.concat_str(pl.col(side), pl.lit(" "))
    street = text
    for part in (_HAMLET, _HOUSE, _GROUP, _UNITS):
        street = street.str.replace(part, " ")
    words = street.str.extract_all(r"\S+").list.unique().list.set_difference(pl.lit(_COMMON, pl.List(pl.String)))
    parts = {"house": text.str.extract(_HOUSE), "group": text.str.extract(_GROUP), "hamlet": text.str.extract(_HAMLET)}
    return [*(part.alias(f"{side}_{name}") for name, part in parts.items()), words.alias(f"{side}_street")]


def _by_parts() -> pl.Expr:
    """One part that agrees while another is written on one side only is weaker than two that agree."""
    house, hamlet, group = (pl.col(f"left_{part}") == pl.col(f"right_{part}") for part in ("house", "hamlet", "group"))
    streets = [pl.col("left_street").list.len(), pl.col("right_street").list.len()]
    shared = pl.col("left_street").list.set_intersection("right_street").list.len()
    fewer, more = pl.min_horizontal(streets), pl.max_horizontal(streets)
    is_street = (fewer > 0) & (shared * 3 >= more * 2)
    is_other_street = (fewer > 0) & (shared == 0)
    is_compared = pl.any_horizontal(each.is_not_null() for each in (house, hamlet, group)) | (fewer > 0)
    yes_hamlet, no_hamlet = hamlet.fill_null(False), ~hamlet.fill_null(True)
    return (
        pl.when(~is_compared)
        .then(None)
        .when(house.fill_null(False) & (is_street | (yes_hamlet & ~is_other_street)))
        .then(ADDRESS.code("same"))
        .when(group.fill_null(False) & yes_hamlet)
        .then(ADDRESS.code("group"))
        .when(house.fill_null(False) & ~is_other_street & ~no_hamlet)
        .then(ADDRESS.code("house"))
        .when((shared * 2 >= more) & (shared >= 1))
        .then(ADDRESS.code("shared"))
        .when(yes_hamlet)
        .then(ADDRESS.code("hamlet"))
        .otherwise(ADDRESS.code("different"))
        .cast(pl.Int8)
    )
