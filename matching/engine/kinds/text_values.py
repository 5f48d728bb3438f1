"""Text made comparable cheaply: once for each distinct value, and what most do not need only where one of them does."""

from collections.abc import Callable

import polars as pl

from matching.lower_case import lowered

_LOOKED_AT = 100_000
"""Values that tell whether a column repeats itself."""
_MOSTLY_DISTINCT = 0.75


def tidy(raw: pl.Expr) -> pl.Expr:
    """Lower case, composed, one space between words; null where no letter or digit is left."""
    return raw.cast(pl.String).map_batches(lambda values: by_value(values, _tidy), pl.String, is_elementwise=True)


def _tidy(text: pl.Expr) -> pl.Expr:
    return text.map_batches(_tidied, pl.String, is_elementwise=True)


def _tidied(values: pl.Series) -> pl.Series:
    tidied = lowered(values).str.strip_chars()
    if tidied.str.contains(r"[\u0300-\u036f]").any():
        tidied = tidied.str.normalize("NFC")
    if tidied.str.contains(r"\s\s|[\t\n\r\u00a0]").any():
        tidied = tidied.str.replace_all(r"\s+", " ")
    # The classes of Unicode are dear to look up, and hardly a value needs them.
    if not tidied.str.contains("[a-z0-9]").all():
        return pl.select(pl.when(tidied.str.contains(r"[\p{L}\p{N}]")).then(tidied)).to_series()
    return tidied


def by_value(values: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """A form of each value, made once for each distinct value where values repeat."""
    rows = values.alias("value").to_frame()
    if not is_repeating(values):
        return rows.select(form(pl.col("value"))).to_series()
    # Hashes are joined faster than text.
    rows = rows.with_columns(hash=pl.col("value").hash())
    distinct = rows.unique("hash", keep="any").drop_nulls("value")
    made = distinct.select("hash", form=form(pl.col("value")))
    return rows.select("hash").join(made, on="hash", how="left", maintain_order="left")["form"]


def is_repeating(values: pl.Series) -> bool:
    """Whether so many values come twice that looking at each once is cheaper."""
    some = values.gather_every(max(len(values) // _LOOKED_AT, 1)).drop_nulls()
    return some.n_unique() < _MOSTLY_DISTINCT * len(some)
