"""The text of typed values, the same from every format: what a clerk sees in the cell, in one fixed form."""

import datetime as dt
import json
import math

import polars as pl

DECIMALS = 9
"""Excel shows a number in a wide cell with nine decimals at most; the bits beyond are noise of binary fractions."""


def number_text(value: float) -> str:
    """Whole numbers without a point, others with at most nine decimals, never in scientific form."""
    text = f"{float(value):.{DECIMALS}f}"
    trimmed = text.rstrip("0").rstrip(".")
    return "0" if trimmed in ("-0", "") else trimmed


def moment_text(value: dt.datetime) -> str:
    """`yyyy-mm-dd HH:MM:SS`, to the nearest second."""
    rounded = value + dt.timedelta(microseconds=500_000)
    return rounded.strftime("%Y-%m-%d %H:%M:%S") if rounded.year >= 1000 else rounded.isoformat(" ", "seconds")


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column as text; an empty text becomes null."""
    return frame.select([_text(column) for column in frame.get_columns()])


def _text(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if kind == pl.String:
        text = column
    elif kind.is_float():
        text = pl.Series([None if value is None or math.isnan(value) else number_text(value) for value in column])
    elif kind == pl.Datetime:
        text = column.dt.replace_time_zone(None).dt.strftime("%Y-%m-%d %H:%M:%S")
    elif kind.is_nested():
        values = [None if value is None else _plain(value) for value in column.to_list()]
        text = pl.Series([None if value is None else json.dumps(value, ensure_ascii=False) for value in values])
    else:
        text = column.cast(pl.String)
    text = text.cast(pl.String).str.replace_all("\0", "", literal=True).alias(column.name)
    return text.to_frame().select(pl.when(pl.first() != "").then(pl.first())).to_series()


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | pl.Series):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
