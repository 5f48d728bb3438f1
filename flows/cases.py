"""Cases: for each reason that links or asks a steward the most typical decision, told without saying whose it is."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from flows.books import Book

Case = dict[str, Any]
"""A JSON-able case, as the summary holds it."""
_TOLD = ("review", "linked")
"""Statuses that evidence decided; others have no entry to compare with."""


def cases(decisions: pl.DataFrame, holdings: Iterable[Book], differences: pl.DataFrame | None = None) -> list[Case]:
    """Per status and reason how many decisions there are, and the evidence of the one of middle weight.

    Where a challenger tells [record_id, role, difference], its widest disagreement stands for a reason instead, and
    such reasons come first.
    """
    sizes = {book["dataset"]: book["held"] for book in holdings}
    told = decisions.filter(pl.col("status").is_in(_TOLD) & pl.col("weight").is_not_null())
    ordered = _with_difference(told, differences).sort("weight", "evidence", "record_id", "role")
    widest = pl.when(pl.col("difference").is_not_null().any()).then(pl.col("difference").fill_null(-1.0).arg_max())
    shown = pl.col("dataset", "role", "reference", "evidence", "difference").get(widest.otherwise(pl.len() // 2))
    found = ordered.group_by("status", "reason", maintain_order=True).agg(shown, count=pl.len())
    most_first = found.sort(
        "status",
        "difference",
        "count",
        "reason",
        descending=[True, True, True, False],
        nulls_last=[False, True, False, False],
    )
    return [row | {"entries": sizes.get(row["reference"], 0)} for row in most_first.to_dicts()]


def _with_difference(told: pl.DataFrame, differences: pl.DataFrame | None) -> pl.DataFrame:
    if differences is None:
        return told.with_columns(difference=pl.lit(None, pl.Float64))
    return told.join(differences, on=["record_id", "role"], how="left", maintain_order="left")
