"""How alike two written addresses are: the house and street before the names of the units, which merge and change."""

import polars as pl

from matching.levels import ADDRESS

_UNITS = (
    r"\s(khu pho|kp|k p|to dan pho|to \d|ap|thon|xom|phuong|p|xa|x|thi tran|tt|quan|q|huyen|h|thanh pho|tp|tinh)\s.*$"
)
"""Where the part that places a house ends and the units above it begin."""
_COMMON = ["so", "nha", "duong", "d", "to", "lo", "kcn", "hem", "khu", "cong", "nghiep", "nha", "tro"]
"""Words that stand in most addresses and place nobody."""


def address_level(wide: pl.DataFrame) -> pl.Series:
    """A code of ADDRESS for `left_address` against `right_address`, null where a side names no house."""
    sides = ["left_address", "right_address"]
    distinct = wide.select(sides).unique().drop_nulls()
    compared = distinct.with_columns(mine=_house("left_address"), theirs=_house("right_address"))
    shared = pl.col("mine").list.set_intersection("theirs")
    fewer = pl.min_horizontal(pl.col("mine").list.len(), pl.col("theirs").list.len())
    more = pl.max_horizontal(pl.col("mine").list.len(), pl.col("theirs").list.len())
    has_number = shared.list.eval(pl.element().str.contains(r"\d")).list.any()
    level = (
        pl.when(fewer < 2)
        .then(None)
        .when((shared.list.len() == fewer) & (fewer * 3 >= more * 2) & (fewer >= 3) & has_number)
        .then(ADDRESS.code("same"))
        .when((shared.list.len() * 2 >= more) & (shared.list.len() >= 2))
        .then(ADDRESS.code("shared"))
        .otherwise(ADDRESS.code("different"))
        .cast(pl.Int8)
    )
    levelled = compared.select(*sides, level=level)
    return wide.select(sides).join(levelled, on=sides, how="left", maintain_order="left")["level"]


def _house(address: str) -> pl.Expr:
    """Distinct words of the house number and street, commonplace words left out."""
    head = pl.concat_str(pl.col(address), pl.lit(" ")).str.replace(_UNITS, "").str.strip_chars()
    return head.str.split(" ").list.unique().list.set_difference(pl.lit(_COMMON, pl.List(pl.String)))
