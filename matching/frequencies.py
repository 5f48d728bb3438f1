"""How often a value stands in the register: what makes agreement on a rare value weigh more."""

import polars as pl

_NAME_GROUND = 1000
_DAY_GROUND = 25_000
_YEAR_GROUND = 80
"""Entries with other values imagined beside a small register, so that a value seen once is not thought common."""


def name_share(register: pl.DataFrame, column: str = "words") -> pl.DataFrame:
    """For every value of the column its share of the register: [`<column>`, share]."""
    return _shares(register, pl.col(column), _NAME_GROUND)


def given_share(register: pl.DataFrame) -> pl.DataFrame:
    """For every given name its share: [given, share]."""
    return _shares(register, pl.col("words").str.split(" ").list.last().alias("given"), _NAME_GROUND)


def day_share(register: pl.DataFrame) -> pl.DataFrame:
    """For every birth day its share: [birth_date, share]."""
    days = register.filter(pl.col("birth_precision") == "day")
    return _shares(days, pl.col("birth_date"), _DAY_GROUND)


def year_share(register: pl.DataFrame) -> pl.DataFrame:
    """For every birth year its share: [birth_year, share]."""
    return _shares(register, pl.col("birth_date").dt.year().alias("birth_year"), _YEAR_GROUND)


def _shares(register: pl.DataFrame, value: pl.Expr, ground: int) -> pl.DataFrame:
    counted = register.select(value).drop_nulls().to_series().value_counts(name="count")
    return counted.select(pl.exclude("count"), share=(pl.col("count") + 1) / (pl.col("count").sum() + ground))
