"""The evidence behind a pair as compact JSON: for every field its level and bits, never a name or a number."""

from collections.abc import Iterable

import polars as pl

from matching.levels import Field


def evidence(fields: Iterable[Field]) -> pl.Expr:
    """`{"name":["exact",12.3],…}` of the fields that both sides say something about."""
    parts = [_part(field) for field in fields]
    inner = pl.concat_list(parts).list.drop_nulls().list.join(",")
    return pl.concat_str(pl.lit("{"), inner, pl.lit("}"))


def _part(field: Field) -> pl.Expr:
    level = pl.col(field.name).replace_strict(
        {each.code: each.name for each in field.levels}, default=None, return_dtype=pl.String
    )
    bits = pl.col(f"{field.name}_bits").round(2).cast(pl.String)
    # Null as soon as one part is: a field that is blank on a side is left out.
    return pl.concat_str(pl.lit(f'"{field.name}":["'), level, pl.lit('",'), bits, pl.lit("]"))
