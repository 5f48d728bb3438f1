"""Figures by subgroup: age band, sex, first word of a name, receiving unit, or any other column.

Groups of few records are pooled: their rates would say nothing, and their value might name a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from matching.engine import keys
from matching.errors import SpecError
from matching.evaluation.measures import Rates, rates

FEWEST = 10
"""Records below which a group is pooled with the other small ones."""
BLANK, POOLED = "(blank)", f"(fewer than {FEWEST})"
FORMS = ("decade", *(name for name in keys.FORMS if name not in keys.SEVERAL))
"""What a group may take of a column: the decade of a date, or a form that blocking knows."""


@dataclass(frozen=True, slots=True)
class Group:
    """The rates of the records that share a value."""

    column: str
    value: str
    records: int
    rates: Rates


def by_group(tally: pl.DataFrame, columns: Sequence[str]) -> tuple[Group, ...]:
    """The rates by the values of each `column` or `column:form`; tally: linked, correct, matches per record."""
    return tuple(each for column in columns for each in _of_column(tally, column))


def source_column(column: str) -> str:
    """The column of `column:form`."""
    return column.partition(":")[0]


def _of_column(tally: pl.DataFrame, column: str) -> list[Group]:
    valued = tally.with_columns(_value=_banded(column).fill_null(BLANK))
    is_small = (pl.len().over("_value") < FEWEST) & (pl.col("_value") != BLANK)
    pooled = valued.with_columns(_value=pl.when(is_small).then(pl.lit(POOLED)).otherwise("_value"))
    counted = pooled.group_by("_value").agg(pl.len(), pl.col("linked", "correct", "matches").cast(pl.Int64).sum())
    return [Group(column, value, records, rates(*counts)) for value, records, *counts in counted.sort("_value").rows()]


def _banded(column: str) -> pl.Expr:
    name, _, form = column.partition(":")
    text = pl.col(name).cast(pl.String)
    if not form:
        return pl.when(text.str.strip_chars() != "").then(text.str.strip_chars())
    if form == "decade":
        return text.str.extract(r"([0-9]{3})[0-9]") + pl.lit("0s")
    if form not in FORMS:
        raise SpecError(column, f'there is no form "{form}"', FORMS, vi=f'không có dạng "{form}"')
    return keys.form(text, form)
