"""Text made comparable cheaply: what most values do not need is done only where some value of the column does."""

from collections.abc import Callable

import polars as pl


def tidy(raw: pl.Expr) -> pl.Expr:
    """Lower case, composed, one space between words; null where no letter or digit is left."""
    return raw.cast(pl.String).map_batches(_tidied, pl.String, is_elementwise=True)


def _tidied(values: pl.Series) -> pl.Series:
    tidied = values.str.to_lowercase().str.strip_chars()
    if tidied.str.contains(r"[\u0300-\u036f]").any():
        tidied = tidied.str.normalize("NFC")
    if tidied.str.contains(r"\s\s|[\t\n\r\u00a0]").any():
        tidied = tidied.str.replace_all(r"\s+", " ")
    return pl.select(pl.when(tidied.str.contains(r"[\p{L}\p{N}]")).then(tidied)).to_series()


def by_value(values: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """A form of each value, made once for each distinct value."""
    rows = values.alias("value").to_frame()
    distinct = rows.unique().drop_nulls()
    if distinct.height * 2 > rows.height:
        return rows.select(form(pl.col("value"))).to_series()
    made = distinct.with_columns(form=form(pl.col("value")))
    return rows.join(made, on="value", how="left", maintain_order="left")["form"]
