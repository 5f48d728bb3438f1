"""Cases: for each reason that links or asks a steward the most typical decision, told without saying whose it is."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from flows.books import Book

Case = dict[str, Any]
"""A JSON-able case, as the summary holds it."""
_TOLD = ("review", "linked")
"""Statuses that evidence decided; others have no entry to compare with."""


def cases(decisions: pl.DataFrame, holdings: Iterable[Book]) -> list[Case]:
    """Per status and reason how many decisions there are, and the evidence of the one of middle weight."""
    sizes = {book["dataset"]: book["held"] for book in holdings}
    told = decisions.filter(pl.col("status").is_in(_TOLD) & pl.col("weight").is_not_null())
    ordered = told.sort("weight", "evidence", "record_id", "role")
    middle = pl.col("dataset", "role", "reference", "evidence").get(pl.len() // 2)
    found = ordered.group_by("status", "reason", maintain_order=True).agg(middle, count=pl.len())
    most_first = found.sort("status", "count", "reason", descending=[True, True, False])
    return [row | {"entries": sizes.get(row["reference"], 0)} for row in most_first.to_dicts()]
