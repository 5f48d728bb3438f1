"""How near two places are that may be written in the old or the new form: the new communes they can lie in."""

from functools import cache

import polars as pl

from matching.standardise.units import tables
from matching.standardise.units.change import new_province_codes

COMMUNE, PROVINCE, DIFFERENT = "commune", "province", "different"
"""The levels of `place_level`; null where a side is unknown."""


def place_level(
    left: pl.Expr,
    right: pl.Expr,
    *,
    left_province: pl.Expr | None = None,
    right_province: pl.Expr | None = None,
) -> pl.Expr:
    """Whether two lists of new communes share one ("commune"), or only a province, or nothing ("different").

    A province code of either form may stand in where a side names no commune. Null where a side names neither.
    """
    mine, theirs = _provinces(left, left_province), _provinces(right, right_province)
    return (
        pl.when(left.list.set_intersection(right).list.len() > 0)
        .then(pl.lit(COMMUNE))
        .when((mine.list.len() == 0) | (theirs.list.len() == 0))
        .then(None)
        .when(mine.list.set_intersection(theirs).list.len() > 0)
        .then(pl.lit(PROVINCE))
        .otherwise(pl.lit(DIFFERENT))
    )


def _provinces(communes: pl.Expr, province: pl.Expr | None) -> pl.Expr:
    """The new provinces of the communes; of the province code where there are no communes."""
    listed = communes.list.eval(pl.element().replace_strict(_province_of_commune(), default=None)).list.unique()
    known = listed.fill_null(pl.lit([], pl.List(pl.String)))
    if province is None:
        return known
    named = pl.concat_list(province.replace_strict(new_province_codes(), default=None)).list.drop_nulls()
    return pl.when(known.list.len() > 0).then(known).otherwise(named)


@cache
def _province_of_commune() -> dict[str, str]:
    return dict(tables.new_communes().select("code", "province_code").iter_rows())
